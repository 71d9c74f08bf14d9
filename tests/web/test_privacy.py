"""What is kept about pages and feeds: exported without secrets, deleted, merged, dropped when it is over."""

import asyncio
import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import count

import pytest

from bot.app import wire
from bot.core.learner import Account
from bot.core.web_key import KeyKind
from bot.dialogue.reply import Attachment
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.web.conftest import PLAIN_SITE, Town, ledger
from tests.web.test_feed import path
from tests.web.test_page import enter, link


def test_the_export_has_what_is_on_and_no_secret(town: Town) -> None:
    async def story() -> str:
        await town.starts("ada")
        await town.says("ada", "/calendar")
        async with town.served() as browser:
            await enter(browser, await link(town))
        answer = await town.application.dispatcher.handle(
            Request("town:export", Account("town", "ada", "ada"), "export", {}), town.now
        )
        assert answer.reply
        return next(block.content for block in answer.reply.blocks if isinstance(block, Attachment))

    exported = json.loads(asyncio.run(story()))
    assert [row["kind"] for row in exported["web_key"]] == ["feed", "link", "session"]
    for row in exported["web_key"]:
        assert row.keys() == {"id", "kind", "learner", "study_group", "made_at", "expires_at"}
    for row in ledger(town, "web_key"):
        assert row["digest"] not in json.dumps(exported)
        assert not row["salt"] or row["salt"] not in json.dumps(exported)


def test_two_accounts_that_become_one_keep_both_pages_and_feeds_until_undone(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada", "too")
        await town.says("ada", "/log 2h")
        await town.says("too", "/log 1h")
        feed = path(await town.says("too", "/calendar"))
        async with town.served() as browser:
            page = await enter(browser, await link(town, "too"))
            assert "1 h of 8 h this week" in page
            code = re.search(r"/link (\w{4}-\w{4})", await town.says("ada", "/link"))
            assert code
            await town.says("too", f"/link {code[1]}")
            entry = str(ledger(town, "code")[-1]["id"])
            await town.presses("too", "link", code=code[1], take="1")
            answer = await town.says("ada", "/link")
            assert "Link this account" in answer
            await town.presses("ada", "link", entry=entry, take="1")
            assert "3 h of 8 h this week" in await (await browser.get("/page")).text()
            assert (await browser.get(feed)).status == 200
            await town.says("ada", "/link undo")
            assert "1 h of 8 h this week" in await (await browser.get("/page")).text()
            assert (await browser.get(feed)).status == 200

    asyncio.run(story())


def test_an_address_works_on_when_the_hosts_secret_changes_and_is_not_shown(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    before = Town(wire(sqlite, {}, roadmaps=roadmaps, site=PLAIN_SITE))
    after = Town(wire(sqlite, {}, roadmaps=roadmaps, site=replace(PLAIN_SITE, secret=b"another")), _ids=count(1000))

    async def story() -> None:
        await before.starts("ada")
        address = path(await before.says("ada", "/calendar"))
        answer = await after.says("ada", "/calendar show")
        assert "I can no longer show its address" in answer
        assert "http" not in answer
        async with after.served() as calendar:
            assert (await calendar.get(address)).status == 200

    asyncio.run(story())


def test_addresses_are_the_same_in_every_version_and_no_two_kinds_share_one() -> None:
    # another one here would be an address that works and can no longer be shown
    site = replace(PLAIN_SITE, secret=b"fixed")
    assert site.secret_of("feed", "salt") == "cUHahHea7T4xAs0mFePNKHmwvwOdNEi5nmTpiTJqwIc"
    kinds: tuple[KeyKind, ...] = ("feed", "board", "link")
    assert len({site.secret_of(kind, "salt") for kind in kinds}) == len(kinds)


def test_a_bot_without_pages_says_so(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    plain = Town(wire(sqlite, {}, roadmaps=roadmaps))

    async def story() -> None:
        await plain.starts("ada")
        await plain.says("ada", "/group create", group="cafe")
        for words in ("/calendar", "/calendar off", "/page", "/page close", "/group page", "/group page on"):
            assert "This bot has no web address" in await plain.says("ada", words)
        assert ledger(plain, "web_key") == []

    asyncio.run(story())


def test_pages_work_on_every_database(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    town = Town(wire(database, {}, roadmaps=roadmaps, site=PLAIN_SITE))

    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            assert "0 min of 8 h this week" in page
            assert (await browser.get(path(await town.says("ada", "/calendar")))).status == 200
            await town.says("ada", "/page close")
            assert (await browser.get("/page")).status == 401

    asyncio.run(story())


@pytest.mark.parametrize("module", ["bot.cli.run, bot.app", "bot.cli.chat, bot.commands"])
def test_nothing_of_pages_is_loaded_before_it_is_needed(module: str) -> None:
    heavy = "{'jinja2', 'icalendar', 'bot.web.website'}"
    program = f"import sys, {module}; sys.exit(' '.join({heavy} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.stderr.strip() == ""
