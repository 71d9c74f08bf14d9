"""What tests of a failing Discord share: a client without long waits, stories, and what was shown."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
import yarl

from bot.adapters.discord import client, platform
from bot.core.group import Place
from bot.core.learner import Account
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import Channel, Guild, Person
from tests.wire.discord_town import Town, town

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
    monkeypatch.setattr(client, "Client", Prompt)
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


async def group_chat(here: Town, owner: Person) -> tuple[Guild, Channel]:
    """A learner's server with a channel that has a study group."""
    cafe = here.server.guild("cafe", owner=owner, members=[here.server.person("bob")])
    await here.enrol(owner, cafe.channel("general"))
    await owner.slash("group create", {}, cafe.channel("general"))
    await here.server.hears(cafe.channel("general"), "has a study group")
    return cafe, cafe.channel("general")


def shown_count(who: Person, text: str = "Logged 45 min") -> int:
    """How many messages with this text are in somebody's private chat."""
    return sum(text in sent.text for sent in who.dm.visible)
