"""What the Discord adapter asks for, how it stops, and files that come with a command."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.discord import platform
from tests.platforms.discord import File
from tests.platforms.signals import PATIENCE
from tests.wire.discord_town import HELLO, Town, held, until_acked
from tests.wire.discord_trouble import (
    CALLBACK,
    REAL_SLEEP,
    SOON,
    Story,
    group_chat,
    no_long_waits,
    place,
    shown_count,
    tell,
)

__all__ = ["no_long_waits", "tell"]


def test_the_bot_asks_for_no_more_than_it_needs_and_rings_nobody(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        _, general = await group_chat(here, ada)
        message = await here.bot.send(place(general), HELLO, "delivery:1")
        assert await here.bot.edit(place(general), str(message), HELLO)
        monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)
        opened = held(here, monkeypatch)
        asked_for = await ada.slash("today")
        await until_acked(here, asked_for)
        opened.set()
        await here.server.hears(ada, "Today:")
        (identify,) = here.server.gateway.identifies
        assert (identify["intents"], "presence" in identify) == (
            1 | 1 << 9 | 1 << 12,
            False,
        )  # servers, and what is written to the bot
        assert identify["properties"].keys() == {"os", "browser", "device"}
        for command in here.server.commands.values():
            asked = [command.get(name) for name in ("contexts", "integration_types", "default_member_permissions")]
            assert asked == [[0, 1, 2], [0, 1], None], command["name"]
        spoken = [call for call in here.server.calls if "components" in (call.fields.get("data") or call.fields)]
        bodies = [call.fields.get("data") or call.fields for call in spoken]
        assert [body["allowed_mentions"] for body in bodies] == [{"parse": []}] * len(bodies)
        ways = {f"{call.method} {call.route.split('/')[1]}" for call in spoken}
        assert ways == {"POST interactions", "POST webhooks", "POST channels", "PATCH channels"}


def test_a_stop_lets_the_answer_arrive_that_is_being_made(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        opened = held(here, monkeypatch)
        asked = await ada.slash("start")
        await here.server.until(lambda: here.bot._queue.busy)
        stopping = asyncio.create_task(here.bot.stop())
        ignored = await bob.slash("start")
        await REAL_SLEEP(3 * SOON)
        assert (stopping.done(), here.bot._queue.busy) == (False, 1)
        opened.set()
        await asyncio.wait_for(stopping, PATIENCE)
        assert (asked.answered, ignored.acked) == (True, False)
        assert shown_count(ada, "How many hours a week") == 1


def test_a_stop_does_not_wait_for_an_answer_that_hangs(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    assert platform.DRAIN <= 8
    monkeypatch.setattr(platform, "DRAIN", 0.1)

    @tell
    async def story(here: Town) -> None:
        trouble = here.server.fault("hang", CALLBACK)
        await here.server.person("ada").slash("start")
        await here.server.until(lambda: trouble.met)
        await asyncio.wait_for(here.bot.stop(), PATIENCE)


TEA = (Path(__file__).parents[1] / "dialogues" / "files" / "tea.yaml").read_bytes()


def test_a_file_comes_with_a_command_and_one_too_large_is_not_fetched(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        _, general = await group_chat(here, ada)
        await ada.slash("upload", {"file": File("tea.yaml", TEA)}, general)
        await here.server.hears(ada, "Tea in two weeks: version 1.0.0")
        await ada.presses("Use it for general", general)
        await here.server.hears(ada, "general follows “Tea in two weeks” now.")
        await ada.slash("upload", {"file": File("tea.yaml", b"#" * (1024 * 1024 + 1))}, general)
        await here.server.hears(ada, "tea.yaml is larger than 1 MB")


def test_hours_come_as_a_file_with_a_command(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        _, general = await group_chat(here, ada)
        await ada.slash("import", {"file": File("today.csv", b"Date,Duration\n2026-01-05,0:30\n")}, general)
        await here.server.hears(ada, "today.csv: 1 entry, 30 min")
        await ada.presses("Log these", general)
        await here.server.hears(ada, "Logged 1 entry of today.csv: 30 min")


def test_a_file_that_does_not_arrive_is_asked_for_again(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        _, general = await group_chat(here, ada)
        await ada.slash("upload", {"file": File("tea.yaml", TEA)}, general)
        here.server.attachments.clear()  # the bot has had no turn yet
        await here.server.hears(ada, "tea.yaml did not arrive. Please send it again.")
        await ada.slash("upload", {"file": File("tea.yaml", TEA)}, general)
        await here.server.hears(ada, "Tea in two weeks: version 1.0.0")
