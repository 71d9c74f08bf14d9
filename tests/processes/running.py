"""`studybuddy run` in several processes on one database, against small platforms on this machine."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy.engine import URL

from tests.platforms import discord, telegram
from tests.platforms.signals import PATIENCE, Signal

ROOT = Path(__file__).parents[2]


class Started:
    """One process, and what it has written so far."""

    def __init__(self, process: Process, log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def written(self) -> str:
        """Everything it wrote."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    async def writes(self, words: str, times: int = 1) -> None:
        """Wait until it has written something so many times."""
        await Signal().until(lambda: self.written.count(words) >= times, PATIENCE, lambda: self.written)

    async def kill(self) -> None:
        """End it without a word."""
        with suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()

    async def stops(self) -> None:
        """Stop it in an orderly way."""
        self.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self.process.wait(), PATIENCE) == 0, self.written
        assert "Traceback" not in self.written, self.written


class Installation:
    """A database, the platforms, and the processes that are started; those that still run are killed in the end."""

    def __init__(
        self, url: URL, folder: Path, t: telegram.TelegramServer | None, d: discord.DiscordServer | None
    ) -> None:
        self.url = url
        self._folder = folder
        self._settings = {"STUDYBUDDY_DATABASE_URL": url.render_as_string(hide_password=False)}
        if t:
            self._settings |= {"STUDYBUDDY_TELEGRAM_TOKEN": t.token, "STUDYBUDDY_TELEGRAM_API_URL": t.url}
        if d:
            self._settings |= {
                "STUDYBUDDY_DISCORD_TOKEN": d.token,
                "STUDYBUDDY_DISCORD_API_URL": d.api_url,
                "STUDYBUDDY_DISCORD_GATEWAY_URL": d.gateway_url,
            }
        self._started: list[Started] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for started in self._started:
            await started.kill()

    async def start(self, roles: str = "", says: str = "", **settings: str) -> Started:
        """Start a process with these roles, and wait until it has written `says`."""
        log = self._folder / f"process{len(self._started)}.log"
        arguments = ["--role", roles] if roles else []
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", *arguments),
                cwd=ROOT,
                env=os.environ | self._settings | {f"STUDYBUDDY_{name}": value for name, value in settings.items()},
                stdout=DEVNULL,
                stderr=file,
            )
        started = Started(process, log)
        self._started.append(started)
        await started.writes(says)
        return started


@asynccontextmanager
async def on_telegram(url: URL, folder: Path) -> AsyncIterator[tuple[telegram.TelegramServer, Installation]]:
    """A Telegram and an installation on it; in the end no call was wrong."""
    async with AsyncExitStack() as stack:
        t = await stack.enter_async_context(telegram.TelegramServer(spec=telegram.spec_or_none()))
        yield t, await stack.enter_async_context(Installation(url, folder, t, None))
        assert t.problems == []


@asynccontextmanager
async def on_discord(url: URL, folder: Path) -> AsyncIterator[tuple[discord.DiscordServer, Installation]]:
    """A Discord and an installation on it; in the end no call was wrong."""
    async with AsyncExitStack() as stack:
        d = await stack.enter_async_context(discord.DiscordServer(spec=discord.spec_or_none()))
        yield d, await stack.enter_async_context(Installation(url, folder, None, d))
        assert d.problems == []
