"""What is optional never stands before serving, however it fails (34)."""

import asyncio
import logging
from typing import Any

import pytest

from bot.adapters.discord import registering
from bot.app import wire
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import DiscordServer, spec_or_none
from tests.platforms.signals import PATIENCE
from tests.wire.discord_town import Story, Town, older_version_sends, tell

__all__ = ["tell"]

GET, PUT = r"GET /applications/\d+/commands$", r"PUT /applications/\d+/commands$"
FAILURES: list[tuple[str, dict[str, Any], bool]] = [
    ("too_many", {"retry_after": 3600}, True),
    ("too_many", {"retry_after": 3600, "everywhere": True}, True),
    ("refused", {"status": 400, "code": 50035}, False),
    ("refused", {"status": 400, "code": 30034}, False),
    ("refused", {"status": 429, "code": 30034}, True),
    ("forbidden", {"code": 50001}, False),
    ("refused", {"status": 404, "code": 10002}, False),
    ("error", {}, True),
    ("bad_gateway", {}, True),
    ("garbage", {}, True),
    ("hang", {}, True),
    ("cut_before", {}, True),
]
"""A trouble, its details, and whether trying again later may help."""


@pytest.mark.parametrize("path", [GET, PUT])
@pytest.mark.parametrize(("kind", "more", "again"), FAILURES)
def test_people_are_served_whatever_becomes_of_the_menu(
    sqlite: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    caplog: pytest.LogCaptureFixture,
    path: str,
    kind: Any,
    more: dict[str, Any],
    again: bool,
) -> None:
    caplog.set_level(logging.INFO)

    async def story() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            trouble = server.fault(kind, path, times=None, **more)
            serving = asyncio.create_task(here.bot.serve())
            try:
                await server.until(lambda: server.online and trouble.met)
                ada = server.person("ada", interacted=True)
                await older_version_sends(server, ada, "Start", "b1.start")  # nobody has a menu yet
                await ada.presses("Start")
                await server.hears(ada, "How many hours a week")
                if not again:
                    await server.until(lambda: "those of before go on working" in caplog.text)
                    assert len(trouble.met) == 1
            finally:
                await here.bot.stop()
                await asyncio.wait_for(serving, PATIENCE)
            assert "Traceback" not in caplog.text

    asyncio.run(story())


@pytest.mark.parametrize("seconds", [45.0, 3600.0])
def test_a_pause_that_discord_asks_for_is_waited_for_and_then_the_menu_is_registered(
    tell: Story, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    async def story(here: Town) -> None:
        waits: list[float] = []

        async def sleep(wait: float) -> None:
            waits.append(wait)
            here.bot.limits.clock = lambda: 1e9

        await here.server.until(lambda: here.server.commands)
        here.server.commands.clear()
        here.server.fault("too_many", PUT, retry_after=seconds)
        client = here.bot._client
        assert client is not None
        assert client.application_id is not None
        await registering.keep_registered(client.tree, client.application_id, sleep)
        assert len(waits) == 1
        assert seconds - 1 <= waits[0] <= seconds
        assert here.server.commands

    tell(story)


def test_a_registering_that_is_never_answered_is_tried_again_after_longer_and_longer_waits(
    tell: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registering, "PATIENCE", 0.3)  # the last call is answered, on a loaded machine too

    async def story(here: Town) -> None:
        await here.server.until(lambda: here.server.commands)
        trouble = here.server.fault("hang", GET, times=8)
        waits: list[float] = []

        async def sleep(wait: float) -> None:
            waits.append(wait)

        client = here.bot._client
        assert client is not None
        assert client.application_id is not None
        await registering.keep_registered(client.tree, client.application_id, sleep)
        assert len(trouble.met) == 8
        assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600]

    tell(story)


def test_completions_that_come_too_late_are_no_mistake(
    tell: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        opened = asyncio.Event()
        suggest = here.application.dispatcher.suggest

        async def slowly(*asked: Any) -> Any:
            await opened.wait()
            return await suggest(*asked)

        monkeypatch.setattr(here.application.dispatcher, "suggest", slowly)
        completing = asyncio.create_task(ada.completes("module", "number", "1", timeout=0.5))
        await asyncio.sleep(0.1)
        here.server.expire(ada.interactions[-1])
        opened.set()
        await asyncio.wait([completing])
        completing.exception()
        await here.server.until(lambda: "completions came too late" in caplog.text)
        assert "Traceback" not in caplog.text
        assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
        await ada.slash("today")
        await here.server.hears(ada, "Today")

    tell(story)


def test_completions_that_fail_or_are_slow_are_none_and_said_so_in_time(
    tell: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.adapters.discord.tree.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)

        async def never(*_: Request) -> Any:
            await asyncio.sleep(60)

        monkeypatch.setattr(here.application.dispatcher, "suggest", never)
        assert await ada.completes("module", "number", "1") == []
        assert not caplog.records

    tell(story)
