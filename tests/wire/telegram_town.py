"""A local Telegram with an application behind it, and stories that are played there."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.adapters.flood import Flood
from bot.adapters.telegram.platform import Telegram, Webhook
from bot.app import Application, wire
from bot.dialogue.answer import Answer
from bot.dialogue.reply import reply
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.signals import PATIENCE
from tests.platforms.telegram import TOKEN, Person, TelegramServer, spec_or_none

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)

HELLO = Answer(reply(Text("Good morning.")), "en", private=True)


class Town:
    """A Telegram, an application and the adapter between them."""

    def __init__(self, server: TelegramServer, application: Application, flood: Flood | None = None) -> None:
        self.server = server
        self.flood = flood
        self.application = application
        self.bot: Telegram | None = None
        self._serving: asyncio.Task[None] | None = None

    def telegram(self, token: str = TOKEN, webhook: Webhook | None = None) -> Telegram:
        """An adapter as a process that has just started would have it."""
        return Telegram(
            self.application.dispatcher,
            token,
            api_url=self.server.url,
            clock=lambda: NOW,
            webhook=webhook,
            flood=self.flood,
        )

    async def opens(self, webhook: Webhook | None = None) -> None:
        """Start serving."""
        self.bot = self.telegram(webhook=webhook)
        self._serving = asyncio.create_task(self.bot.serve())
        asked = "setWebhook" if webhook else "getUpdates"
        before = len(self.server.called(asked))
        await self.server.until(lambda: len(self.server.called(asked)) > before)

    async def closes(self) -> None:
        """Stop in an orderly way; where it has stopped already nothing happens."""
        serving, self._serving = self._serving, None
        if self.bot is not None and serving is not None:
            await self.bot.stop()
            await asyncio.wait_for(serving, PATIENCE)

    async def described(self) -> None:
        """Wait until the menus and the profile are up to date."""
        await self.server.until(lambda: len(self.server.menus) == 6 and len(self.server.profile) == 4)

    async def enrol(self, who: Person) -> None:
        """Somebody becomes a learner."""
        await who.starts()
        await self.server.hears(who, "How many hours a week")
        await who.presses("8 h a week")
        await self.server.hears(who, "which time zone")
        await who.presses("UTC")
        await self.server.hears(who, "Your first step")


@asynccontextmanager
async def town(
    database: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    webhook: Webhook | None = None,
    flood: Flood | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Town]:
    """A town that has opened; in the end nothing was wrong with anything the adapter sent."""
    async with TelegramServer(spec=spec_or_none(), clock=clock) as server:
        here = Town(server, wire(database, {}, roadmaps=roadmaps), flood)
        try:
            await here.opens(webhook)
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
