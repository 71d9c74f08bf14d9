"""A local Discord with an application behind it, and stories that are played there."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.adapters.discord.platform import Discord
from bot.app import Application, wire
from bot.dialogue.answer import Answer
from bot.dialogue.reply import reply
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import TOKEN, Channel, DiscordServer, Interaction, Person, spec_or_none
from tests.platforms.signals import PATIENCE

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)

HELLO = Answer(reply(Text("Good morning.")), "en", private=True)


class Town:
    """A Discord, an application and the adapter between them."""

    def __init__(self, server: DiscordServer, application: Application) -> None:
        self.server = server
        self.application = application
        self.bot = self.discord()
        self._serving: asyncio.Task[None] | None = None

    def discord(self, token: str = TOKEN) -> Discord:
        """An adapter as a process that has just started would have it."""
        api, gateway = self.server.api_url, self.server.gateway_url
        return Discord(self.application.dispatcher, token, clock=lambda: NOW, api_url=api, gateway_url=gateway)

    async def opens(self) -> None:
        """Start serving."""
        self.bot = self.discord()
        self._serving = asyncio.create_task(self.bot.serve())
        await self.server.comes_online()

    async def closes(self) -> None:
        """Stop in an orderly way."""
        assert self._serving is not None
        await self.bot.stop()
        await asyncio.wait_for(self._serving, PATIENCE)

    async def enrol(self, who: Person, where: Channel | None = None) -> None:
        """Somebody becomes a learner."""
        await who.slash("start", {}, where)
        await self.server.hears(who, "How many hours a week")
        await who.presses("8 h a week", where)
        await self.server.hears(who, "which time zone")
        await who.presses("UTC", where)
        await self.server.hears(who, "Your first step")


@asynccontextmanager
async def town(
    database: SqlDatabase, roadmaps: dict[str, Roadmap], clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[Town]:
    """A town that has opened; in the end nothing was wrong with anything the adapter sent."""
    async with DiscordServer(spec=spec_or_none(), clock=clock) as server:
        here = Town(server, wire(database, {}, roadmaps=roadmaps))
        await here.opens()
        try:
            yield here
        finally:
            await here.closes()
        assert server.problems == []


Story = Callable[[Callable[[Town], Awaitable[None]]], None]


@pytest.fixture
def tell(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Story:
    """Play a story in a town."""

    def play(story: Callable[[Town], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with town(sqlite, roadmaps) as here:
                await story(here)

        asyncio.run(whole())

    return play


def held(here: Town, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """From now on no request is handled until the event."""
    opened, handle = asyncio.Event(), here.application.dispatcher.handle

    async def slowly(*request: object) -> Answer:
        await opened.wait()
        return await handle(*request)  # type: ignore[arg-type]

    monkeypatch.setattr(here.application.dispatcher, "handle", slowly)
    return opened


async def until_acked(here: Town, asked: Interaction) -> None:
    await here.server.until(lambda: asked.acked)


async def older_version_sends(server: DiscordServer, to: Person, label: str, custom_id: str) -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": label, "custom_id": custom_id}]}
    body = {
        "flags": 1 << 15,
        "allowed_mentions": {"parse": []},
        "components": [{"type": 10, "content": f"Message {label}"}, row],
    }
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{server.api_url}/users/@me/channels", json={"recipient_id": str(to.id)}) as answer:
            channel = (await answer.json())["id"]
        async with session.post(f"{server.api_url}/channels/{channel}/messages", json=body) as answer:
            assert answer.status == 200, await answer.text()
    await server.hears(to, f"Message {label}")
