"""The pages as they are served, on loopback, with a learner who has started."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, TypeVar

import aiohttp
import pytest

from bot.adapters.flood import Flood
from bot.adapters.terminal.render import render
from bot.app import Application, wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import Request, read_typed
from bot.storage.database import SqlDatabase
from bot.web.backend import Backend, Introduce
from bot.web.website import Website
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE

T = TypeVar("T")


@dataclass
class Town:
    """An application with its pages, and people who talk to it."""

    application: Application
    now: datetime = MONDAY
    introduce: dict[str, Introduce] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: count(1))

    async def says(self, who: str, typed: str, *, group: str | None = None, organiser: bool = True) -> str:
        """What the bot answers to words, as text."""
        command, rest = read_typed(typed)
        place = Place("town", group, group) if group else None
        request = Request(
            f"town:{next(self._ids)}",
            Account("town", who, who),
            command,
            {},
            rest,
            place,
            zone="Europe/Berlin",
            organiser=organiser if place else None,
        )
        return await self._said(request)

    async def presses(self, who: str, command: str, **args: str) -> str:
        """What the bot answers to a button, as text."""
        return await self._said(
            Request(f"town:{next(self._ids)}", Account("town", who, who), command, args, pressed=True)
        )

    async def _said(self, request: Request) -> str:
        answer = await self.application.dispatcher.handle(request, self.now)
        return render(answer.reply, answer.locale).text if answer.reply else ""

    async def starts(self, *people: str) -> None:
        """People begin with 8 hours a week, in Berlin."""
        for who in people:
            await self.says(who, "/start 8")
            await self.says(who, "/timezone Europe/Berlin")

    @asynccontextmanager
    async def served(self) -> AsyncIterator[aiohttp.ClientSession]:
        """The pages, served; a browser that keeps cookies and asks for paths."""
        backend = Backend(
            self.application.database, self.application.dispatcher, SITE, lambda: self.now, Flood(), self.introduce
        )
        website = Website(backend, ("127.0.0.1", 0))
        serving = asyncio.create_task(website.serve())
        await website.listening.wait()
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{website.port}", cookie_jar=jar) as browser:
            yield browser
        await website.stop()
        await serving


@pytest.fixture
def town(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Town:
    """An application with pages."""
    return Town(wire(sqlite, {}, roadmaps=roadmaps, site=SITE))
