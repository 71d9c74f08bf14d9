"""SimCord's Discord with an application behind it, and what tests look at in its messages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
import simcord
from discord.http import Route
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage, UserHandle

from bot.adapters.discord.client import Client
from bot.adapters.discord.platform import Discord
from bot.app import wire
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)

TYPE = "✎ Type an answer"

SAYS_NO = "Only organisers can do that"

IN_PUBLIC = {"group show", "group create", "group settings", "group stop", "leaderboard show", "leaderboard picture"}

TEXT, BUTTON = 10, 2
"""Components by their type (discord.com/developers, Components)."""

LAYOUT = discord.MessageFlags(components_v2=True).value

Person = MemberActor | UserHandle

Shown = discord.Message | ResponseMessage | None


class Town:
    """A Discord, a server with a channel in it, and our bot."""

    def __init__(self, env: Env, bot: Discord, start: Callable[[], Discord]) -> None:
        self.env = env
        self.bot = bot
        self._start = start
        self.cafe: GuildHandle = env.create_guild("cafe")
        self.general: ChannelHandle = self.cafe.create_text_channel("general")

    def member(self, name: str, *may: str, shown: str | None = None) -> MemberActor:
        """Somebody in the server, with these permissions by a role of their own."""
        rights = discord.Permissions(**dict.fromkeys(may, True))
        roles = [self.cafe.create_role(f"{name}'s", permissions=rights)] if may else []
        return self.cafe.add_member(self.env.create_user(name, global_name=shown), roles=roles)

    async def restarts(self) -> None:
        """The bot stops in an orderly way, and another process takes over with the same database."""
        await self.bot.stop()
        self.bot = self._start()
        assert self.bot._client is not None
        await self.env.restart_bot(self.bot._client)

    async def enrol(self, who: MemberActor) -> None:
        """Somebody becomes a learner, unseen by the others."""
        asked = await who.slash(self.general, "start", hours="8h")
        assert "Your first step" in text((await press(who, asked, "UTC")).response)

    def sent(self) -> Iterator[dict[str, Any]]:
        """The body of every message that the bot sent or changed."""
        for call in self.env.http_requests:
            body = call.json if isinstance(call.json, dict) else {}
            body = body.get("data", body)
            if body.get("flags", 0) & LAYOUT:
                yield body


def process(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Discord:
    """The adapter as a process that has just started would have it; SimCord connects its client."""
    bot = Discord(wire(database, {}, roadmaps=roadmaps).dispatcher, "token", clock=lambda: NOW)
    bot._client = Client(bot)
    return bot


@asynccontextmanager
async def town(start: Callable[[], Discord]) -> AsyncIterator[Town]:
    """A town whose bot serves; in the end nothing that it sent could have called anybody, and it raised nothing."""
    bot = start()
    assert bot._client is not None
    async with simcord.run(bot._client) as env:
        here = Town(env, bot, start)
        await env.settle()
        assert bot.ready
        yield here
        await here.bot.stop()
        assert [body for body in here.sent() if body.get("allowed_mentions") != {"parse": []}] == []


Story = Callable[[Callable[[Town], Awaitable[None]]], None]


@pytest.fixture
def tell(
    sqlite: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Story:
    """Play a story in a town; what goes wrong behind an answer is in the log, so the log must be silent."""
    monkeypatch.setattr(Route, "BASE", "https://discord.com/api/v10")  # other tests move it

    def play(story: Callable[[Town], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with town(lambda: process(sqlite, roadmaps)) as here:
                await story(here)

        asyncio.run(whole())
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []

    return play


def components(message: Shown) -> Iterator[dict[str, Any]]:
    """The components of a message as Discord holds them, however they are nested."""
    assert message is not None, "there is no message"
    left: list[Any] = list(message.components)
    while left:
        component = left.pop(0)
        component = component if isinstance(component, dict) else component.to_dict()
        left[:0] = component.get("components", [])
        yield component


def text(message: Shown) -> str:
    """All that a message says."""
    return "\n".join(component["content"] for component in components(message) if component["type"] == TEXT)


def labels(message: Shown) -> list[str]:
    """What its buttons say."""
    return [component["label"] for component in components(message) if component["type"] == BUTTON]


async def press(who: Person, on: InteractionResult, label: str) -> InteractionResult:
    """Press a button of an answer."""
    assert on.response is not None
    pressed: InteractionResult = await who.click(on.response, label=label)
    return pressed


def same(result: InteractionResult, other: InteractionResult) -> bool:
    """Whether both ended in the same message."""
    return result.response is not None and other.response is not None and result.response.id == other.response.id
