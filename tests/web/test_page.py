"""A learner's page over HTTP: opening it, what it shows, and that its forms do what the chat does."""

import asyncio
import re
from datetime import timedelta
from html import unescape

import aiohttp
import pytest
from aiohttp import web

from bot.web import sessions
from bot.web.headers import POLICY
from tests.conftest import SITE
from tests.web.conftest import Town, ledger

LINK = re.compile(r"http://study\.example\.org(/in/[\w-]{43})")


async def link(town: Town, who: str = "ada") -> str:
    """The path of a fresh link to somebody's page."""
    answer = await town.says(who, "/page")
    match = LINK.search(answer)
    assert match, answer
    return match[1]


def field(page: str, name: str) -> str:
    """What a hidden field of a page holds."""
    match = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert match, page
    return unescape(match[1])


def token(page: str, label: str) -> str:
    """The request behind the first button with a label."""
    match = re.search(rf'name="token" value="([^"]*)"[^>]*>{re.escape(label)}<', page)
    assert match, label
    return unescape(match[1])


async def enter(browser: aiohttp.ClientSession, path: str) -> str:
    """Open a page by a link, as somebody does who presses its button; the page."""
    before = await (await browser.get(path)).text()
    response = await browser.post(path, data={"csrf": field(before, "csrf")})
    assert response.status == 200, response.status
    return await response.text()


async def press(browser: aiohttp.ClientSession, page: str, token_: str, typed: str = "") -> str:
    """Send a form of the page; the page that comes back."""
    fields = {"csrf": field(page, "csrf"), "once": field(page, "once"), "token": token_, "typed": typed}
    response = await browser.post("/do", data=fields)
    assert response.status == 200, response.status
    return await response.text()


def test_a_link_opens_the_page_which_shows_what_the_chat_says(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", '/log 1h30 "<b>chapter</b> & 3"')
        progress, plan = await town.says("ada", "/progress"), await town.says("ada", "/plan")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            again = await (await browser.get("/page")).text()
        shown = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))
        for fact in ("1 h 30 min of 8 h this week", "Week 1 of 24", "Sun, 21 Jun 2026"):
            assert fact in progress
            assert fact in shown
        for line in plan.splitlines()[2:6]:
            assert line.split()[-1] in shown
        assert "&lt;b&gt;chapter&lt;/b&gt; &amp; 3" in page
        assert "<b>chapter" not in page
        assert again.count("<section") == page.count("<section")

    asyncio.run(story())


def test_the_page_does_to_the_ledger_what_the_chat_does(town: Town, another_town: Town) -> None:
    async def by_page() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            page = await press(browser, page, "", "1h30 yesterday")
            page = await press(browser, page, "", "/log 45m statistics")
            page = await press(browser, page, token(page, "Take it back"))
            page = await press(browser, page, token(page, "Put it back"))
            page = await press(browser, page, token(page, "Another day"))
            await press(browser, page, field(page, "token"), "yesterday")
            page = await (await browser.get("/page")).text()
            await press(browser, page, "1.pace?%3F=hours", "6")

    async def by_chat() -> None:
        await another_town.starts("ada")
        await another_town.says("ada", "/log 1h30 yesterday")
        await another_town.says("ada", "/log 45m statistics")
        first = ledger(another_town)[-1]["id"]
        await another_town.presses("ada", "undo", entry=str(first))
        await another_town.presses("ada", "undo", entry=str(first), back="1")
        moved = ledger(another_town)[-1]["id"]
        await another_town.presses("ada", "move", entry=str(moved), day="2026-01-04")
        await another_town.says("ada", "/pace 6")

    for each in (town, another_town):
        each.now += timedelta(days=2)
    asyncio.run(by_page())
    asyncio.run(by_chat())
    assert ledger(town) == ledger(another_town)
    assert ledger(town, "commitment") == ledger(another_town, "commitment")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_setting_of_the_page_is_read_as_it_is_shown(town: Town, language: str) -> None:
    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", "/times tue thu 19:00 90m, sat 10-12")
        await town.says("ada", f"/language {language}")
        tables = ("learner", "commitment", "reminder")
        before = [[row | {"id": 0, "seen_at": 0, "due": 0} for row in ledger(town, table)] for table in tables]
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            forms = [form for form in re.findall(r"<form .*?</form>", page, re.DOTALL) if 'id="set-' in form]
            assert len(forms) == 4
            for form in forms:
                shown = re.search(r'name="typed" value="([^"]*)"|<option value="(\w+)" selected', form)
                assert shown
                page = await press(browser, page, field(form, "token"), unescape(shown[1] or shown[2]))
        after = [[row | {"id": 0, "seen_at": 0, "due": 0} for row in ledger(town, table)] for table in tables]
        assert after[0] == before[0]
        assert after[1][-1]["minutes"] == before[1][-1]["minutes"]
        assert after[2] == before[2]

    asyncio.run(story())


def test_a_form_sent_twice_counts_once(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            first, second = await asyncio.gather(press(browser, page, "", "1h"), press(browser, page, "", "1h"))
            await press(browser, page, "", "1h")
        assert "Logged 1 h" in first
        assert "Logged 1 h" in second
        assert len(ledger(town)) == 1

    asyncio.run(story())


def test_a_link_works_once_and_for_a_quarter_of_an_hour(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            first = await link(town)
            # apps look at links by themselves, and use nothing up
            for _ in range(3):
                assert (await browser.get(first)).status == 200
                assert (await browser.head(first)).status == 200
            await enter(browser, first)
            assert (await browser.get(first)).status == 404
        async with town.served() as thief:
            late = await link(town)
            form = field(await (await thief.get(late)).text(), "csrf")
            town.now += timedelta(minutes=15)
            assert (await thief.get(late)).status == 404
            assert (await thief.post(late, data={"csrf": form})).status == 404
            assert (await thief.get("/page")).status == 401

    asyncio.run(story())


def test_two_who_use_a_link_at_once_are_one(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            path = await link(town)
            form = {"csrf": field(await (await browser.get(path)).text(), "csrf")}
            posts = [browser.post(path, data=form, allow_redirects=False) for _ in range(5)]
            seen = sorted([response.status for response in await asyncio.gather(*posts)])
        assert seen == [303, 404, 404, 404, 404]

    asyncio.run(story())


def test_a_session_ends_when_it_is_left_closed_everywhere_too_old_or_deleted(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada", "eve")

        async def status() -> int:
            return (await browser.get("/page")).status

        async with town.served() as browser:
            page = await enter(browser, await link(town))
            response = await browser.post("/out", data={"csrf": field(page, "csrf")})
            assert "closed in this browser" in await response.text()
            assert await status() == 401
            unused, unused_of_eve = await link(town), await link(town, "eve")
            await enter(browser, await link(town))
            assert "open in 1 browser." in await town.says("ada", "/page close")
            assert await status() == 401
            assert (await browser.get(unused)).status == 404
            assert (await browser.get(unused_of_eve)).status == 200
            await enter(browser, await link(town))
            town.now += timedelta(days=30)
            assert await status() == 401
            page = await enter(browser, await link(town))
            gone = await press(browser, page, "1.deleteme?sure=1")
            assert "Everything about you is deleted" in gone
            assert await status() == 401

    asyncio.run(story())


def test_a_form_of_another_site_is_refused(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada", "eve")
        async with town.served() as browser, town.served() as hers:
            page = await enter(browser, await link(town))
            other = await enter(hers, await link(town, "eve"))
            good = {"csrf": field(page, "csrf"), "once": "1", "token": "", "typed": "1h"}
            for bad in ({}, {"csrf": ""}, {"csrf": field(other, "csrf")}, {"csrf": "0" * 64}):
                form = {name: value for name, value in (good | bad).items() if bad or name != "csrf"}
                assert (await browser.post("/do", data=form)).status == 403
            for site in ("cross-site", "same-site"):
                assert (await browser.post("/do", data=good, headers={"Sec-Fetch-Site": site})).status == 403
            assert ledger(town) == []
            # nobody is led into another's page, either
            path = await link(town, "eve")
            assert (await browser.post(path, data={"csrf": field(page, "csrf")})).status == 403
            assert (await browser.post("/out", data={})).status == 403
            assert (await browser.get("/page")).status == 200

    asyncio.run(story())


def test_nobody_acts_on_anothers_entries_by_a_forged_form(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada", "eve")
        await town.says("ada", "/log 1h")
        before = ledger(town)
        async with town.served() as browser:
            page = await enter(browser, await link(town, "eve"))
            for forged in (f"1.undo?entry={before[0]['id']}", f"1.move?entry={before[0]['id']}&day=2026-01-05"):
                assert "cannot find that entry" in await press(browser, page, forged)
            for event in ("1.removed", "1.blocked", "1.moved?to=1"):
                await press(browser, page, event)
        assert ledger(town) == before

    asyncio.run(story())


def test_every_answer_has_the_headers_that_keep_others_out(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            await enter(browser, await link(town))
            for path in ("/page", "/in/" + "x" * 43, "/nothing", "/app/telegram", "/static/page.css", "/alive"):
                response = await browser.get(path)
                assert response.headers["Content-Security-Policy"] == POLICY
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.headers["Referrer-Policy"] == "no-referrer"
                assert ("no-store" in response.headers["Cache-Control"]) == ("/static/" not in path)
                text = await response.text()
                assert "<style" not in text
                assert " style=" not in text
                assert not re.search(r"<script(?! src=)", text)
                assert not re.search(r"\son\w+=", text)

    asyncio.run(story())
    assert "unsafe" not in POLICY
    assert "frame-ancestors https://web.telegram.org" in POLICY


@pytest.mark.parametrize(("framed", "site"), [(False, "SameSite=Lax"), (True, "SameSite=None; Partitioned")])
def test_cookies_are_for_the_server_alone(framed: bool, site: str) -> None:
    response = web.Response()
    sessions.begin(response, SITE, "secret", framed=framed)
    kept = [cookie for cookie in response.headers.getall("Set-Cookie") if cookie.startswith("studybuddy=")]
    assert kept == [f"studybuddy=secret; Path=/; Max-Age=2592000; HttpOnly; Secure; {site}"]
    assert f"studybuddy_entrance=; Path=/; Max-Age=0; HttpOnly; Secure; {site}" in response.headers.getall("Set-Cookie")


@pytest.mark.parametrize("path", ["/do", "/out", "/app/telegram", "/in/" + "x" * 43])
def test_a_large_body_is_refused(town: Town, path: str) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            await enter(browser, await link(town))
            response = await browser.post(path, data={"csrf": "x" * 100_000})
            assert response.status == 413

    asyncio.run(story())
