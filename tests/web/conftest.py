"""The pages as they are served, on loopback, with a learner who has started."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from bot.adapters.flood import Flood
from bot.adapters.terminal.render import render
from bot.app import Application, wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import Request, read_typed
from bot.storage.database import SqlDatabase, opened
from bot.storage.tables import metadata
from bot.web.backend import Backend, Introduce
from bot.web.website import Website
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE

PLAIN_SITE = replace(SITE, url="http://study.example.org")
"""The same without https: cookies are for encrypted connections alone else, and the tests' are not."""


@dataclass
class Town:
    """An application with its pages, and people who talk to it."""

    application: Application
    now: datetime = MONDAY
    introduce: dict[str, Introduce] = field(default_factory=dict)
    flood: Flood = field(default_factory=Flood)
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
        return await self._answered(request)

    async def presses(self, who: str, command: str, **args: str) -> str:
        """What the bot answers to a button, as text."""
        return await self._answered(
            Request(f"town:{next(self._ids)}", Account("town", who, who), command, args, pressed=True)
        )

    async def _answered(self, request: Request) -> str:
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
            self.application.database,
            self.application.dispatcher,
            PLAIN_SITE,
            lambda: self.now,
            self.flood,
            self.introduce,
        )
        website = Website(backend, ("127.0.0.1", 0))
        serving = asyncio.create_task(website.serve())
        await website.listening.wait()
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(f"http://127.0.0.1:{website.port}", cookie_jar=jar) as browser:
            yield browser
        await website.stop()
        await serving


def ledger(town: Town, table: str = "entry") -> list[dict[str, Any]]:
    """Every row of the ledger, or of another table, in order."""
    with town.application.database.engine.connect() as line:
        rows = line.execute(select(metadata.tables[table]).order_by("id")).mappings().all()
    return [dict(row) for row in rows]


@pytest.fixture
def another_town(migrated_sqlite: Path, tmp_path: Path, roadmaps: dict[str, Roadmap]) -> Iterator[Town]:
    """Another application, with a database of its own."""
    with opened(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'another.db')}") as database:
        yield Town(wire(database, {}, roadmaps=roadmaps, site=PLAIN_SITE))


@pytest.fixture
def town(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Town:
    """An application with pages."""
    return Town(wire(sqlite, {}, roadmaps=roadmaps, site=PLAIN_SITE))
