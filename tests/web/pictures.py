"""Takes the pictures of docs/page.md: `python -m tests.web.pictures`."""

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import wire
from bot.roadmaps import library
from bot.storage import schema
from bot.storage.database import opened
from tests.web.conftest import PLAIN_SITE, Town
from tests.web.test_browser import browsing
from tests.web.test_browser import opened as page_of

DOCS = Path(__file__).parents[2] / "docs"
HOURS = ("/log 1h30", "/log 45m", "/log 2h", "/log 1h")


async def take(town: Town) -> None:
    """Four weeks of studying, and the page as it is then, on a small phone in both themes."""
    await town.starts("ada")
    for day in range(28):
        if day % 3 != 2:
            await town.says("ada", HOURS[day % 4])
        town.now += timedelta(days=1)
    await town.says("ada", "/log 45m")
    for theme, section in (("light", ""), ("dark", "progress")):
        async with browsing(town, color_scheme=theme, device_scale_factor=1.5, reduced_motion="reduce") as (
            context,
            base,
        ):
            page = await page_of(town, context, base)
            if section:
                await page.evaluate(f"document.getElementById('{section}').scrollIntoView()")
            await page.screenshot(path=DOCS / f"page-{theme}.png")


def main() -> None:
    """Take all of them."""
    with TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/page.db") as database:
        town = Town(wire(database, {}, roadmaps=library(), site=PLAIN_SITE))
        schema.upgrade(database, town.now)
        asyncio.run(take(town))


if __name__ == "__main__":
    main()
