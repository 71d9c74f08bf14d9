"""The page of a group's board over HTTP: whom it shows, and to whom."""

import asyncio
import re

from bot.web.boards import MOST
from tests.web.conftest import Town, ledger
from tests.web.test_page import enter, link


def path(answer: str) -> str:
    """The path of the address in what the bot said."""
    match = re.search(r"http://study\.example\.org(/board/[\w-]{43})", answer)
    assert match, answer
    return match[1]


async def made(town: Town) -> str:
    """A group of three, one of whom is not shown; the path of its board's page."""
    await town.starts("ada", "ben", "eve")
    await town.says("ada", "/group create", group="cafe")
    await town.says("ada", "/group join by my name", group="cafe")
    await town.says("ben", '/group join "Ben <i>"', group="cafe", organiser=False)
    await town.says("eve", "/group join not shown", group="cafe", organiser=False)
    for who in ("ada", "ben", "eve"):
        await town.says(who, "/log 3h")
    return path(await town.says("ada", "/group page on"))


def test_it_shows_who_is_shown_and_nobody_else(town: Town) -> None:
    async def story() -> None:
        address = await made(town)
        async with town.served() as stranger:
            for span in ("", "?span=month", "?span=all", "?span=<script>"):
                response = await stranger.get(address + span)
                assert response.status == 200
                shown = await response.text()
                assert "ada" in shown
                assert "Ben &lt;i&gt;" in shown
                assert "eve" not in shown
                assert "<script>" not in shown
            assert "Set-Cookie" not in response.headers
            await town.says("ben", "/group leave", group="cafe", organiser=False)
            assert "Ben" not in await (await stranger.get(address)).text()
            await town.presses("ada", "deleteme", sure="1")
            assert "ada" not in await (await stranger.get(address)).text()

    asyncio.run(story())


def test_only_organisers_switch_it_and_old_addresses_open_nothing(town: Town) -> None:
    async def story() -> None:
        address = await made(town)
        group, key = str(ledger(town, "study_group")[0]["id"]), str(ledger(town, "web_key")[-1]["id"])
        for who in ("ben", "eve", "stranger"):
            for args in ({}, {"switch": "on"}, {"switch": "off"}, {"switch": "on", "new": key}):
                answer = await town.presses(who, "group.page", of=group, **args)
                assert "study.example.org" not in answer
        async with town.served() as browser:
            assert (await browser.get(address)).status == 200
            newer = path(await town.presses("ada", "group.page", of=group, switch="on", new=key))
            assert path(await town.presses("ada", "group.page", of=group, switch="on", new=key)) == newer
            assert ((await browser.get(address)).status, (await browser.get(newer)).status) == (404, 200)
            # an address of one thing opens no other
            for kind in ("feed", "in"):
                assert (await browser.get(newer.replace("board", kind))).status == 404
            assert (await browser.get(newer.replace("board", "feed") + ".ics")).status == 404
            await town.says("ada", "/group page off")
            assert (await browser.get(newer)).status == 404

    asyncio.run(story())


def test_somebody_removed_sees_the_groups_board_in_their_own_page_no_more(town: Town) -> None:
    async def story() -> None:
        await made(town)
        group = str(ledger(town, "study_group")[0]["id"])
        async with town.served() as browser:
            page = await enter(browser, await link(town, "ben"))
            csrf, once = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("csrf", "once"))
            assert csrf
            assert once
            fields = {"csrf": csrf[1], "once": "1", "token": f"1.leaderboard?of={group}", "typed": ""}
            assert "<td>ada</td>" in await (await browser.post("/do", data=fields)).text()
            await town.says("ben", "/group leave", group="cafe", organiser=False)
            after = await (await browser.post("/do", data=fields | {"once": "2"})).text()
            assert "not a group of yours" in after
            assert "<td>ada</td>" not in after

    asyncio.run(story())


def test_a_board_is_not_given_without_end(town: Town) -> None:
    async def story() -> None:
        address = await made(town)
        async with town.served() as browser:
            seen = [(await browser.get(address)).status for _ in range(MOST + 1)]
        assert seen == [200] * MOST + [429]

    asyncio.run(story())
