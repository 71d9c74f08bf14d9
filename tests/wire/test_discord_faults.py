"""What the Discord adapter promises while the gateway, the API or a server fails."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from operator import methodcaller
from pathlib import Path
from typing import Any

import discord
import pytest
import yarl

from bot.adapters.discord import client, platform
from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import Channel, File, Guild, Person
from tests.platforms.signals import PATIENCE
from tests.storage.books import committed
from tests.wire.test_discord import HELLO, NOW, Town, held, town, until_acked

SOON = 0.03
CALLBACK = r"POST /interactions/\d+/.+/callback$"
CHAT, MESSAGES = "POST /users/@me/channels", r"POST /channels/\d+/messages"
REAL_SLEEP = asyncio.sleep

Story = Callable[[Callable[[Town], Awaitable[None]]], None]


class Prompt(client.Client):
    """The client, which does not wait for servers that are not there. `patience` is how long it bears silence."""

    patience = 60.0

    def __init__(self, owner: platform.Discord) -> None:
        super().__init__(owner)
        self._connection.guild_ready_timeout = 0.01
        self._connection.heartbeat_timeout = self.patience


@pytest.fixture(autouse=True)
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's pauses are short, and its addresses are put back after each test."""

    async def sleep(delay: float, result: Any = None) -> Any:
        return await REAL_SLEEP(min(delay, SOON), result)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    monkeypatch.setattr(platform, "Client", Prompt)
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("ws://127.0.0.1:1"))


@pytest.fixture
def tell(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Story:
    """Play a story in a town whose bot is ready."""

    def play(story: Callable[[Town], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with town(sqlite, roadmaps) as here:
                await here.server.until(lambda: here.bot.ready)
                await story(here)

        asyncio.run(whole())

    return play


def account(who: Person) -> Account:
    """Who the bot writes to."""
    return Account("discord", str(who.id), who.name)


def later(here: Town, seconds: float) -> None:
    """Let time pass for the limits that the bot keeps."""
    here.bot.limits.clock = lambda: time.monotonic() + seconds


def place(where: Channel) -> Place:
    """The same for a channel."""
    return Place("discord", str(where.id), where.name)


async def home(here: Town, owner: Person) -> tuple[Guild, Channel]:
    """A server of a learner's with a group's home."""
    cafe = here.server.guild("cafe", owner=owner, members=[here.server.person("bob")])
    await here.enrol(owner, cafe.channel("general"))
    await owner.slash("group", {"change": "create"}, cafe.channel("general"))
    await here.server.hears(cafe.channel("general"), "is the home of a study group")
    return cafe, cafe.channel("general")


def said(who: Person, text: str = "Logged 45 min") -> int:
    """How many messages with this text stand in somebody's private chat."""
    return sum(text in sent.text for sent in who.dm.standing)


RESUMED = {
    "cut": methodcaller("drop"),
    "closed": methodcaller("drop", 4000),
    "asks to reconnect": methodcaller("reconnect"),
    "invalid for now": methodcaller("invalidate", True),
    "silent": methodcaller("silence"),
}
BEGUN_ANEW = {"invalid": methodcaller("invalidate", False), "forgotten": methodcaller("drop")}


@pytest.mark.parametrize("trouble", [*RESUMED, *BEGUN_ANEW])
def test_a_gateway_that_fails_is_found_again_and_what_a_session_keeps_meanwhile_is_answered_once(
    tell: Story, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(Prompt, "patience", 0.2 if trouble == "silent" else 60.0)

    @tell
    async def story(here: Town) -> None:
        ada, gateway = here.server.person("ada"), here.server.gateway
        if trouble == "forgotten":
            gateway.sessions.clear()
        (RESUMED | BEGUN_ANEW)[trouble](gateway)
        if trouble in BEGUN_ANEW:
            await here.server.until(lambda: gateway.connected == 2 and gateway.online)
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")
        await here.server.until(lambda: gateway.connected >= 2 and gateway.online)
        assert bool(gateway.resumes) == (trouble in RESUMED)
        await ada.presses("8 h a week")
        await here.server.hears(ada, "which time zone")
        assert len(ada.dm.standing) == 1


def test_discord_that_goes_down_and_comes_up_again_finds_the_bot_back(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await here.server.down()
        with pytest.raises(TemporaryFailure):
            await here.bot.send(account(ada), HELLO, 1)
        await here.server.up()
        await here.server.comes_online()
        await ada.slash("log", {"spent": "45m"})
        await here.server.hears(ada, "Logged 45 min")
        await here.bot.send(account(ada), HELLO, 1)
        assert said(ada, "Good morning") == 1


ARRIVES = [("too_many", 2, True), ("error", 2, True), ("bad_gateway", 3, True), ("cut_after", 1, True)]
ARRIVES += [("cut_before", 1, True)]
DROPPED = [("error", 5, False), ("garbage", 1, False), ("cut_before", 2, False), ("forbidden", 1, False)]


@pytest.mark.parametrize(("kind", "times", "arrives"), ARRIVES + DROPPED)
def test_an_answer_arrives_once_or_is_dropped_with_a_line_and_the_next_one_comes(
    tell: Story, caplog: pytest.LogCaptureFixture, kind: Any, times: int, arrives: bool
) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        trouble = here.server.fault(kind, CALLBACK, times=times)
        await ada.slash("log", {"spent": "45m"})
        if arrives:
            await here.server.hears(ada, "Logged 45 min")
        else:
            await here.server.until(lambda: "an answer was not sent" in caplog.text)
        await ada.slash("history")
        await here.server.hears(ada, "45 min")
        assert (said(ada), len(trouble.met)) == (int(arrives), times)
        assert "Traceback" not in caplog.text


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "bad_gateway", "garbage"])
def test_an_acknowledgement_that_fails_does_not_cost_the_answer(
    tell: Story, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        opened = held(here, monkeypatch)
        trouble = here.server.fault(kind, CALLBACK)
        asked = await ada.slash("log", {"spent": "45m"})
        await here.server.until(lambda: trouble.met)
        opened.set()
        await here.server.hears(ada, "Logged 45 min")
        assert (asked.answered, said(ada)) == (True, 1)


def test_an_answer_that_hangs_holds_up_nobody_else(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.PATIENCE", 0.05)

    @tell
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        trouble = here.server.fault("hang", CALLBACK)
        await ada.slash("start")
        await here.server.until(lambda: trouble.met)
        await here.enrol(bob)
        # Not even their own next question.
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")
        trouble.release()


FAILURES: list[tuple[str, dict[str, Any], type[Exception]]] = [
    ("forbidden", {"code": 50007}, Unreachable),
    ("forbidden", {"code": 50013}, Unreachable),
    ("error", {"times": 5}, TemporaryFailure),
    ("bad_gateway", {"times": 5}, TemporaryFailure),
    ("cut_before", {}, TemporaryFailure),
    ("hang", {}, TemporaryFailure),
    ("too_many", {"retry_after": 45.0}, RetryAfter),
    ("too_many", {"retry_after": 45.0, "everywhere": True}, RetryAfter),
]
ALL = [(path, *one) for path in (CHAT, MESSAGES) for one in FAILURES] + [(CHAT, "garbage", {}, TemporaryFailure)]


@pytest.mark.parametrize(("path", "kind", "more", "failure"), ALL)
def test_a_delivery_that_fails_says_how_and_can_be_tried_again(
    tell: Story, monkeypatch: pytest.MonkeyPatch, path: str, kind: Any, more: dict[str, Any], failure: type[Exception]
) -> None:
    monkeypatch.setattr(platform, "_PATIENCE", 0.4)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        trouble = here.server.fault(kind, path, **more)
        with pytest.raises(failure) as failed:
            await here.bot.send(account(ada), HELLO, 1)
        assert getattr(failed.value, "seconds", 45) == 45
        assert ada.dm.messages == []
        if kind == "too_many":
            with pytest.raises(RetryAfter):
                await here.bot.send(account(ada), HELLO, 1)
            assert len(trouble.met) == 1
            assert not here.server.called("POST /channels/{channel_id}/messages")[1:]
        later(here, 60)
        assert await here.bot.send(account(ada), HELLO, 1) == str(ada.dm.messages[0].id)


@pytest.mark.parametrize("kind", ["cut_after", "lost"])
def test_a_delivery_of_which_nothing_was_heard_comes_once_when_it_is_repeated(
    tell: Story, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    monkeypatch.setattr(platform, "_PATIENCE", 0.3)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        general = here.server.guild("cafe").channel("general")
        for to, chat in ((account(ada), ada.dm), (place(general), general)):
            here.server.fault(kind, MESSAGES)
            with pytest.raises(TemporaryFailure):
                await here.bot.send(to, HELLO, 7)
            assert await here.bot.send(to, HELLO, 7) == str(chat.messages[-1].id)
            assert len(chat.messages) == 1


def test_a_limit_on_everything_that_outlasts_one_delivery_does_not_end_all_others(
    tell: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "_PATIENCE", 0.2)
    monkeypatch.setattr(asyncio, "sleep", REAL_SLEEP)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        trouble = here.server.fault("too_many", CHAT, retry_after=25, everywhere=True)
        with pytest.raises(TemporaryFailure):
            await here.bot.send(account(ada), HELLO, 1)
        assert trouble.met
        with pytest.raises(RetryAfter):
            await here.bot.send(account(ada), HELLO, 1)
        assert len(trouble.met) == 1
        later(here, 26)
        assert await here.bot.send(account(ada), HELLO, 1)


def test_whoever_never_used_the_bot_is_not_written_to(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        _, general = await home(here, ada)
        later = NOW + timedelta(days=7, hours=3)
        await wire(sqlite, {"discord": here.bot}, roadmaps=roadmaps, clock=lambda: later).worker.tick()
        assert general.messages[1:]
        assert ada.dm.messages
        assert (bob.dm.messages, here.server.uninvited) == ([], [])


def test_an_outage_keeps_a_groups_place_and_only_a_bot_thrown_out_loses_it_until_it_is_back(
    tell: Story, sqlite: SqlDatabase
) -> None:
    def gone() -> bool:
        return [line["gone_at"] is not None for line in committed(sqlite, "place")] == [True]

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe, general = await home(here, ada)
        cafe.fails()
        await ada.slash("today", {}, general)
        await here.server.hears(ada, "Today:")
        assert not gone()
        cafe.returns()
        await here.bot.send(place(general), HELLO, 1)
        for _ in range(2):
            cafe.removes_bot()
            await here.server.until(gone)
            cafe.adds_bot()
            await here.server.until(lambda: not gone())


def test_the_bot_asks_for_no_more_than_it_needs_and_rings_nobody(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        _, general = await home(here, ada)
        message = await here.bot.send(place(general), HELLO, 1)
        assert await here.bot.edit(place(general), str(message), HELLO)
        monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)
        opened = held(here, monkeypatch)
        asked_for = await ada.slash("today")
        await until_acked(here, asked_for)
        opened.set()
        await here.server.hears(ada, "Today:")
        (identify,) = here.server.gateway.identifies
        assert (identify["intents"], "presence" in identify) == (1, False)  # servers alone
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
        assert said(ada, "How many hours a week") == 1


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
        _, general = await home(here, ada)
        await ada.slash("upload", {"file": File("tea.yaml", TEA)}, general)
        await here.server.hears(ada, "Tea in two weeks: version 1.0.0")
        await ada.presses("Use it for general", general)
        await here.server.hears(ada, "general follows “Tea in two weeks” now.")
        await ada.slash("upload", {"file": File("tea.yaml", b"#" * (1024 * 1024 + 1))}, general)
        await here.server.hears(ada, "tea.yaml has more than 1 MB")


def test_a_file_that_does_not_arrive_is_asked_for_again(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        _, general = await home(here, ada)
        await ada.slash("upload", {"file": File("tea.yaml", TEA)}, general)
        here.server.attachments.clear()  # the bot has had no turn yet
        await here.server.hears(ada, "tea.yaml did not arrive. Please send it again.")
        await ada.slash("upload", {"file": File("tea.yaml", TEA)}, general)
        await here.server.hears(ada, "Tea in two weeks: version 1.0.0")
