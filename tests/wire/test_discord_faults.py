"""What the Discord adapter promises while the gateway, the API or a server fails."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
import yarl

from bot.adapters.discord import platform
from bot.core.learner import Account
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.wire.discord import Channel, Guild, Person
from tests.wire.test_discord import HELLO, Town, held, town

SOON = 0.03
CALLBACK = r"POST /interactions/\d+/.+/callback$"
MESSAGES = r"POST /channels/\d+/messages"
NOT_SENT = "an answer was not sent"
REAL_SLEEP = asyncio.sleep

Story = Callable[[Callable[[Town], Awaitable[None]]], None]
Fail = Callable[[Town], Awaitable[None]]


class Prompt(platform._Client):
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
    monkeypatch.setattr(platform, "_Client", Prompt)
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


async def home(here: Town, owner: Person) -> tuple[Guild, Channel]:
    """A server of a learner's with a group's home."""
    cafe = here.server.guild("cafe", owner=owner, members=[here.server.person("bob")])
    await here.enrol(owner, cafe.channel("general"))
    await owner.slash("group", {"change": "create"}, cafe.channel("general"))
    await here.server.hears(cafe.channel("general"), "is the home of a study group")
    return cafe, cafe.channel("general")


def said(who: Person, text: str) -> int:
    """How many messages with this text stand in somebody's private chat."""
    return sum(text in sent.text for sent in who.dm.standing)


# --- The gateway ----------------------------------------------------------------------------------------------------


async def is_cut(here: Town) -> None:
    here.server.gateway.drop()


async def is_closed(here: Town) -> None:
    here.server.gateway.drop(4000)


async def asks_to_come_again(here: Town) -> None:
    here.server.gateway.reconnect()


async def ends_the_session(here: Town) -> None:
    here.server.gateway.invalidate(resumable=False)


async def pauses_the_session(here: Town) -> None:
    here.server.gateway.invalidate(resumable=True)


async def forgets_the_session(here: Town) -> None:
    here.server.gateway.sessions.clear()
    here.server.gateway.drop()


async def falls_silent(here: Town) -> None:
    here.server.gateway.silence()


@pytest.mark.parametrize(
    ("fails", "resumes"),
    [
        (is_cut, True),
        (is_closed, True),
        (asks_to_come_again, True),
        (pauses_the_session, True),
        (falls_silent, True),
        (ends_the_session, False),
        (forgets_the_session, False),
    ],
)
def test_after_a_gateway_that_fails_commands_are_answered_again(
    tell: Story, monkeypatch: pytest.MonkeyPatch, fails: Fail, resumes: bool
) -> None:
    if fails is falls_silent:
        monkeypatch.setattr(Prompt, "patience", 0.2)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await fails(here)
        await here.server.until(lambda: here.server.connected >= 2 and here.server.online)
        assert bool(here.server.gateway.resumes) == resumes
        await here.server.until(lambda: here.bot.ready)
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")
        assert len(ada.dm.standing) == 1

    tell(story)


def test_what_was_typed_while_the_gateway_was_cut_is_answered_once(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        here.server.gateway.drop()
        assert not here.server.online
        await ada.slash("log", {"spent": "45m"})
        await here.server.hears(ada, "Logged 45 min")
        await ada.slash("today")
        await here.server.hears(ada, "Today:")
        assert said(ada, "Logged 45 min") == 1

    tell(story)


def test_discord_that_goes_down_and_comes_up_again_finds_the_bot_back(tell: Story) -> None:
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

    tell(story)


# --- Answers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "times", "arrives"),
    [
        ("too_many", 2, True),
        ("error", 2, True),
        ("bad_gateway", 3, True),
        ("slow", 1, True),
        ("cut_after", 1, True),
        ("error", 5, False),
        ("garbage", 1, False),
        ("cut_before", 1, False),
        ("forbidden", 1, False),
    ],
)
def test_an_answer_arrives_once_or_is_dropped_with_a_line_and_the_next_one_comes(
    tell: Story, caplog: pytest.LogCaptureFixture, kind: Any, times: int, arrives: bool
) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        trouble = here.server.fault(kind, CALLBACK, times=times, seconds=SOON)
        await ada.slash("log", {"spent": "45m"})
        if arrives:
            await here.server.hears(ada, "Logged 45 min")
        else:
            await here.server.until(lambda: "an answer " in caplog.text)
        await ada.slash("history")
        await here.server.hears(ada, "45 min")
        assert said(ada, "Logged 45 min") == int(arrives)
        assert len(trouble.met) == times

    tell(story)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "bad_gateway", "garbage"])
def test_an_acknowledgement_that_fails_does_not_cost_the_answer(
    tell: Story, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        opened = held(here, monkeypatch)
        trouble = here.server.fault(kind, CALLBACK)
        asked = await ada.slash("log", {"spent": "45m"})
        await here.server.until(lambda: trouble.met)
        opened.set()
        await here.server.hears(ada, "Logged 45 min")
        assert asked.answered
        assert said(ada, "Logged 45 min") == 1

    tell(story)


def test_an_answer_that_hangs_holds_up_nobody_else(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        trouble = here.server.fault("hang", CALLBACK)
        await ada.slash("start")
        await here.server.until(lambda: trouble.met)
        await here.enrol(bob)
        trouble.release()
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")

    tell(story)


@pytest.mark.parametrize("kind", ["error", "garbage", "cut_before"])
def test_a_form_that_cannot_be_opened_can_be_asked_for_again(tell: Story, kind: Any) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")
        trouble = here.server.fault(kind, CALLBACK, times=5 if kind == "error" else 1)
        await ada.presses("✎ Type an answer")
        await here.server.until(lambda: len(trouble.met) == (trouble.times or 0))
        await ada.presses("✎ Type an answer")
        await here.server.until(lambda: ada.modal is not None)

    tell(story)


# --- Deliveries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "more", "failure"),
    [
        ("forbidden", {"code": 50007}, Unreachable),
        ("forbidden", {"code": 50013}, Unreachable),
        ("forbidden", {"code": 50001}, Unreachable),
        ("error", {"times": 5}, TemporaryFailure),
        ("bad_gateway", {"times": 5}, TemporaryFailure),
        ("cut_before", {}, TemporaryFailure),
        ("too_many", {"retry_after": 45.0}, RetryAfter),
        ("too_many", {"retry_after": 45.0, "everywhere": True}, RetryAfter),
        ("hang", {}, TemporaryFailure),
    ],
)
@pytest.mark.parametrize("path", [MESSAGES, "POST /users/@me/channels"])
def test_a_delivery_that_fails_says_how_and_can_be_tried_again(
    tell: Story, monkeypatch: pytest.MonkeyPatch, path: str, kind: Any, more: dict[str, Any], failure: type[Exception]
) -> None:
    monkeypatch.setattr(platform, "_PATIENCE", 0.5)

    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        here.server.fault(kind, path, **more)
        with pytest.raises(failure) as failed:
            await here.bot.send(account(ada), HELLO, 1)
        assert getattr(failed.value, "seconds", 45) == 45
        assert ada.dm.messages == []
        assert await here.bot.send(account(ada), HELLO, 1) == str(ada.dm.messages[0].id)

    tell(story)
