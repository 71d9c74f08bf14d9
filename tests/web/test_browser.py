"""The page in a real browser: on a small phone, by keyboard, without scripts, in both themes.

It needs Chromium as Debian packages it; `.ci/run` installs that, elsewhere these tests are skipped without it.
"""

import asyncio
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.adapters.telegram.init_data import account_of
from bot.core.learner import Account
from tests.unit.adapters.test_init_data import TOKEN, init_data
from tests.web.conftest import Town, ledger
from tests.web.test_page import link

CHROMIUM = shutil.which("chromium")
REQUIRED = os.environ.get("TEST_BROWSER") == "required"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not REQUIRED, reason="Chromium is not installed (apt-get install chromium)"
    ),
]
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HIDDEN_COLUMNS = """() => [...document.querySelectorAll(".wide")]
    .filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.innerText)"""
PHONE = {"width": 360, "height": 740}

CONTRAST = """() => {
  const linear = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const bright = (c) => { const [r, g, b] = c.map(linear); return .2126 * r + .7152 * g + .0722 * b; };
  const numbers = (c) => c.match(/[\\d.]+/g).map(Number);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = numbers(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const weak = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.matches("script")) continue;
    const [a, b] = [bright(numbers(getComputedStyle(e).color).slice(0, 3)), bright(behind(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) weak.push([e.tagName, e.textContent.trim().slice(0, 30), ratio]);
  }
  return weak;
}"""
"""The texts whose contrast is less than WCAG's AA asks for."""

NAMELESS = """() => [...document.querySelectorAll("input:not([type=hidden]), select, button, a, progress")]
  .filter((e) => !(e.labels?.length || e.getAttribute("aria-label") || e.textContent.trim()))
  .map((e) => e.outerHTML)"""
"""Controls that a screen reader could not name."""


RANKS = """() => [...document.querySelectorAll("h1, h2, h3, h4")].map((e) => Number(e.tagName[1]))
  .filter((rank, n, all) => rank > (n ? all[n - 1] : 0) + 1)"""
"""Headings that leave a rank out."""


@asynccontextmanager
async def browsing(town: Town, **options: Any) -> AsyncIterator[tuple[BrowserContext, str]]:
    """A browser like a phone's, and where the pages are. Nothing but them is reached."""
    async with town.served() as session, async_playwright() as player:
        browser: Browser = await player.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        context = await browser.new_context(**{"viewport": PHONE, "timezone_id": "Europe/Berlin"} | options)
        base = str(session._base_url).rstrip("/")

        async def only_ours(route: Any) -> None:
            await (route.continue_() if route.request.url.startswith(base) else route.abort())

        await context.route("**/*", only_ours)
        yield context, base
        await browser.close()


async def opened(town: Town, context: BrowserContext, base: str) -> Page:
    """The page of ada, opened as she does it; whatever its console says fails the test."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(base + await link(town))
    await page.get_by_role("button", name="Open my page").click()
    await page.wait_for_url("**/page")
    assert complaints == []
    return page


async def studied(town: Town) -> None:
    """A learner with some entries, one taken back."""
    await town.starts("ada")
    for words in ("/log 1h30", '/log 45m "chapter 3"', "/log 2h", "/undo"):
        await town.says("ada", words)


def test_it_fits_a_small_phone_has_contrast_and_names_in_both_themes(town: Town) -> None:
    async def story() -> None:
        await studied(town)
        async with browsing(town) as (context, base):
            page = await opened(town, context, base)
            for locale in ("en", "de"):
                await town.says("ada", f"/language {locale}")
                await page.reload()
                assert await page.locator("html").get_attribute("lang") == locale
                for theme in ("light", "dark"):
                    await page.emulate_media(color_scheme=theme)
                    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
                    assert await page.evaluate(CONTRAST) == []
                assert await page.evaluate(HIDDEN_COLUMNS) == []
                assert await page.evaluate(NAMELESS) == []
                assert await page.evaluate(RANKS) == []
            shown = "[...document.querySelectorAll('button')].filter((e) => e.checkVisibility())"
            assert await page.evaluate(f"Math.min(...{shown}.map((e) => e.clientHeight))") >= 24

    asyncio.run(story())


def test_everything_is_seen_on_a_phone_and_nothing_is_huge_on_a_desk(town: Town) -> None:
    shown = """() => ({
      parts: [...document.querySelectorAll("nav a")].every((e) => e.getBoundingClientRect().right <= innerWidth),
      lines: Math.max(...[...document.querySelectorAll(".wordy td.number")].map((e) => e.getClientRects().length ?
        Math.round(e.clientHeight / parseFloat(getComputedStyle(e).lineHeight)) : 0)),
      example: (({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.querySelector("#log")),
      picture: document.querySelector(".picture").clientWidth,
      dark: getComputedStyle(document.querySelector(".picture")).filter,
    })"""

    async def story() -> None:
        await studied(town)
        await town.says("ada", "/language de")
        async with browsing(town) as (context, base):
            page = await opened(town, context, base)
            phone = await page.evaluate(shown)
            assert phone | {"picture": 0} == {"parts": True, "lines": 1, "example": True, "picture": 0, "dark": "none"}
            assert phone["picture"] > 250
            await page.emulate_media(color_scheme="dark")
            assert "invert" in (await page.evaluate(shown))["dark"]
            await page.set_viewport_size({"width": 1280, "height": 800})
            assert (await page.evaluate(shown))["picture"] == 416

    asyncio.run(story())


def test_the_keyboard_is_enough(town: Town) -> None:
    async def story() -> None:
        await studied(town)
        async with browsing(town) as (context, base):
            page = await opened(town, context, base)
            await page.keyboard.press("Tab")
            assert await page.evaluate("document.activeElement.className") == "skip"
            await page.keyboard.press("Enter")
            await page.get_by_label("What have you studied?").focus()
            await page.keyboard.type("25 min")
            await page.keyboard.press("Enter")
            await page.get_by_role("status").wait_for()
            assert "Logged 25 min" in await page.get_by_role("status").inner_text()
            # what was said is where the reader is, and the ring of the focus is seen
            await page.wait_for_function("document.activeElement.id === 'answer'")
            await page.keyboard.press("Tab")
            assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert [line["minutes"] for line in ledger(town)][-1] == 25

    asyncio.run(story())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_entry_is_taken_back_and_moved(town: Town, scripts: bool) -> None:
    async def story() -> None:
        town.now = town.now.replace(day=7)
        await studied(town)
        async with browsing(town, java_script_enabled=scripts) as (context, base):
            page = await opened(town, context, base)
            entry = page.locator("#entries li").nth(1)
            await entry.locator("summary").click()
            await entry.get_by_role("button", name=re.compile("^Take it back")).click()
            assert "Took back" in await page.get_by_role("status").inner_text()
            await page.get_by_role("status").get_by_role("button", name="Put it back").click()
            entry = page.locator("#entries li").nth(1)
            await entry.locator("summary").click()
            await entry.get_by_role("button", name=re.compile("^Another day")).click()
            await page.get_by_label("Type an answer").fill("2026-01-07")
            await page.get_by_role("button", name="Send").click()
            assert await page.get_by_role("status").inner_text()
            await page.get_by_label("Hours a week").fill("6")
            await page.locator("form", has=page.get_by_label("Hours a week")).get_by_role("button").click()
            assert "From today it is 6 h a week" in await page.get_by_role("status").inner_text()
        assert ledger(town, "commitment")[-1]["minutes"] == 360

    asyncio.run(story())


def test_the_devices_time_zone_is_offered_and_taken(town: Town) -> None:
    async def story() -> None:
        await studied(town)
        async with browsing(town, timezone_id="Asia/Tokyo") as (context, base):
            page = await opened(town, context, base)
            assert "Asia/Tokyo" in await page.locator("#zone").inner_text()
            await page.get_by_role("button", name="Use it").click()
            assert "Asia/Tokyo" in await page.get_by_role("status").inner_text()
            assert await page.locator("#zone").is_hidden()
        assert ledger(town, "learner")[0]["zone"] == "Asia/Tokyo"

    asyncio.run(story())


def test_inside_telegrams_app_it_opens_by_itself(town: Town) -> None:
    town.introduce["telegram"] = lambda given, now: (
        Account("town", "ada", "ada") if account_of(given, TOKEN, now) else None
    )

    async def story() -> None:
        await studied(town)
        async with browsing(town) as (context, base):
            page = await context.new_page()
            given = init_data(at=town.now, user=json.dumps({"id": 1, "first_name": "ada"}))
            await page.goto(f"{base}/app/telegram#tgWebAppData={quote(given, safe='')}&tgWebAppVersion=8.0")
            await page.wait_for_url("**/page")
            assert await page.locator("#entries li").count() == 3

    asyncio.run(story())
