"""Study times are dragged on a week in a real browser, and are saved as `/times` in the chat saves them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page

from tests.web.conftest import Town, ledger
from tests.web.test_browser import CONTRAST, NAMELESS, PHONE, browsing, opened, pytestmark
from tests.web.test_page import enter, field, link, press

__all__ = ["pytestmark"]
MONDAY, TUESDAY, WEDNESDAY, SATURDAY, SUNDAY = 0, 1, 2, 5, 6


def times(town: Town) -> list[tuple[int, str, int]]:
    """The study times in the database: weekday, time and minutes."""
    rows = [row for row in ledger(town, "reminder") if row["kind"] == "studytime"]
    return sorted((row["weekday"], f"{row['at']:%H:%M}", row["minutes"]) for row in rows)


async def point(page: Page, column: int, hour: float) -> tuple[float, float]:
    """Where an hour of a day is on the screen."""
    board = page.get_by_role("application", name="Study times in the week")
    await board.scroll_into_view_if_needed()
    box = await board.bounding_box()
    assert box
    return box["x"] + box["width"] * (column + 0.5) / 7, box["y"] + box["height"] * (hour - 6) / 18


async def drag(page: Page, start: tuple[int, float], end: tuple[int, float]) -> None:
    """Drag with the mouse from one hour to another, each with its column."""
    await page.mouse.move(*await point(page, *start))
    await page.mouse.down()
    await page.mouse.move(*await point(page, *end), steps=4)
    await page.mouse.up()


async def save(page: Page) -> str:
    """Save the study times; what the page answers."""
    await page.locator("form", has=page.get_by_label("Study times", exact=True)).get_by_role("button").click()
    return await page.get_by_role("status").inner_text()


def play_on_page(town: Town, play: Callable[[Page], Any], begin: str = "", **options: Any) -> None:
    """Let somebody do something with the week on their page."""

    async def story() -> None:
        await town.starts("ada")
        if begin:
            await town.says("ada", begin)
        async with browsing(town, **{"viewport": {"width": 360, "height": 1200}} | options) as (context, base):
            await play(await opened(town, context, base))

    asyncio.run(story())


def test_what_is_dragged_is_saved_as_the_chat_saves_it(town: Town, another_town: Town) -> None:
    async def play(page: Page) -> None:
        await drag(page, (TUESDAY, 19.1), (TUESDAY, 20.9))
        await drag(page, (SATURDAY, 11.9), (SATURDAY, 10.1))
        assert await page.get_by_label("Study times", exact=True).input_value() == "Tue 19:00-21:00, Sat 10:00-12:00"
        assert await page.locator(".news").inner_text() == "Saturday 10:00 to 12:00. Not saved yet."
        assert times(town) == []
        assert "Noted" in await save(page)
        await page.get_by_role("button", name="Tuesday 19:00 to 21:00", exact=True).wait_for()

    async def chat() -> None:
        await another_town.starts("ada")
        await another_town.says("ada", "/times tue 19:00-21:00, sat 10-12")

    play_on_page(town, play)
    asyncio.run(chat())
    assert times(town) == times(another_town) == [(TUESDAY, "19:00", 120), (SATURDAY, "10:00", 120)]


def test_a_study_time_is_moved_made_longer_and_removed(town: Town) -> None:
    async def play(page: Page) -> None:
        await drag(page, (TUESDAY, 19.5), (WEDNESDAY, 17.5))
        await drag(page, (WEDNESDAY, 18.99), (WEDNESDAY, 20))
        # where another one is there is no room
        await drag(page, (WEDNESDAY, 21.1), (WEDNESDAY, 18))
        await drag(page, (SUNDAY, 9.5), (SUNDAY, 11.5))
        await page.get_by_role("button", name="Saturday 10:00 to 12:00", exact=True).hover()
        await page.get_by_role("button", name="Remove: Saturday 10:00 to 12:00").click()
        await page.get_by_role("button", name="Monday 23:00 to 01:00", exact=True).press("Delete")
        await save(page)

    play_on_page(town, play, "/times tue 19-21, sat 10-12, mon 23:00 2h, sun 9:10 45m")
    assert times(town) == [(WEDNESDAY, "17:00", 180), (WEDNESDAY, "20:00", 90), (SUNDAY, "11:00", 45)]


def test_the_keyboard_is_enough_for_study_times(town: Town) -> None:
    async def play(page: Page) -> None:
        await town.presses("ada", "weekbegins", on="sunday")
        await page.reload()
        await page.get_by_label("Study times", exact=True).focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        focused = "document.activeElement.getAttribute('aria-label')"
        assert await page.evaluate(focused) == "Sunday 18:00, free"
        assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        for key in ("ArrowRight", "ArrowDown", "Enter"):
            await page.keyboard.press(key)
        assert await page.evaluate(focused) == "Monday 18:30 to 19:30"
        for key in ("ArrowUp", "ArrowRight", "+", "+", "-"):
            await page.keyboard.press(key)
        assert await page.evaluate(focused) == "Tuesday 18:00 to 19:30"
        assert await page.locator("[aria-live=polite]").inner_text() == "Tuesday 18:00 to 19:30. Not saved yet."
        await save(page)

    play_on_page(town, play)
    assert times(town) == [(TUESDAY, "18:00", 90)]


def test_a_finger_drags_after_a_while_and_scrolls_before(town: Town) -> None:
    async def touch(line: CDPSession, kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in at]
        await line.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    async def swipe(page: Page, line: CDPSession, start: float, end: float, wait: float) -> None:
        (x, y), (_, to) = await point(page, TUESDAY, start), await point(page, TUESDAY, end)
        await touch(line, "Start", (x, y))
        await asyncio.sleep(wait)
        for n in range(1, 6):
            await touch(line, "Move", (x, y + (to - y) * n / 5))
        await touch(line, "End")

    async def play(page: Page) -> None:
        line = await page.context.new_cdp_session(page)
        value = page.get_by_label("Study times", exact=True)
        await page.evaluate("document.getElementById('settings').scrollIntoView()")
        before = await page.evaluate("scrollY")
        await swipe(page, line, 16.1, 10, 0)
        await page.wait_for_function("(before) => scrollY !== before", arg=before)
        assert await value.input_value() == ""
        await swipe(page, line, 14.1, 15.9, 0.6)
        assert await value.input_value() == "Tue 14:00-16:00"

    play_on_page(town, play, has_touch=True, is_mobile=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_field_is_typed_into_and_emptied(town: Town, scripts: bool) -> None:
    async def play(page: Page) -> None:
        value = page.get_by_label("Study times", exact=True)
        if scripts:
            await page.locator(".board").wait_for()
        assert await page.locator(".board").count() == int(scripts)
        await value.fill("fri 7pm 45m")
        if scripts:
            assert await page.locator(".board").is_hidden()
            assert await page.locator(".news").inner_text() == "Save what you typed to see it here."
        await save(page)
        assert times(town) == [(4, "19:00", 45)]
        await value.fill("")
        assert "You have no study times now" in await save(page)

    play_on_page(town, play, java_script_enabled=scripts)
    assert times(town) == []


def test_what_is_dragged_is_read_in_german_and_muted_ones_are_kept(town: Town) -> None:
    async def play(page: Page) -> None:
        await town.presses("ada", "times", act="mute")
        await town.says("ada", "/language de")
        await page.reload()
        await page.get_by_role("button", name="Dienstag 19:00 bis 20:30", exact=True).press("ArrowRight")
        assert await page.get_by_label("Lernzeiten", exact=True).input_value() == "Mo 23:00-01:00, Mi 19:00-20:30"
        await page.locator("form", has=page.get_by_label("Lernzeiten", exact=True)).get_by_role("button").click()
        await page.get_by_role("status").wait_for()

    play_on_page(town, play, "/times tue 19:00 90m, mon 23:00 2h")
    assert times(town) == [(MONDAY, "23:00", 120), (WEDNESDAY, "19:00", 90)]


def test_the_week_fits_a_small_phone_in_both_themes(town: Town) -> None:
    async def play(page: Page) -> None:
        for theme in ("light", "dark"):
            await page.emulate_media(color_scheme=theme)
            await page.get_by_role("button", name="Sunday 22:00 to 24:00", exact=True).focus()
            assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
            assert await page.evaluate(CONTRAST) == []
            assert await page.evaluate(NAMELESS) == []

    play_on_page(town, play, "/times sun 22-24, tue 19-21")


def test_a_field_that_may_not_be_empty_asks_again(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            assert field(page, "empty") == "off"
            assert page.count('name="empty"') == 1
            await press(browser, page, "1.pace?%3F=hours", "")
        assert len(ledger(town, "commitment")) == 1

    asyncio.run(story())
