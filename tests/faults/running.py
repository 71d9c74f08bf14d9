"""The program itself, `studybuddy run`, with one person on Telegram who has started.

A test waits far longer for an answer, or for the end, than the ten seconds that are promised, for a machine that is
busy with other tests: what hangs, hangs for ever, and test_hanging.py checks that the program's own limits add up to
less.
"""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.platforms import telegram
from tests.platforms.signals import PATIENCE
from tests.platforms.telegram.people import Person

ROOT = Path(__file__).parents[2]
SORRY = "Something went wrong on my side, and nothing was saved"
NOT_SURE = "so I do not know whether this was saved"


class Running:
    """A program that serves, and ada who talks to it."""

    def __init__(self, t: telegram.TelegramServer, process: Process, ada: Person) -> None:
        self.t = t
        self.process = process
        self.ada = ada

    async def says(self, words: str, *, expects: str, who: Person | None = None, within: float = PATIENCE) -> float:
        """Say something and wait for the answer; how many seconds it took."""
        begun = time.monotonic()
        person = who or self.ada
        await person.says(words)
        await self.t.hears(person, expects, within)
        return time.monotonic() - begun

    async def stops(self, code: int = 0, sign: signal.Signals = signal.SIGTERM) -> str:
        """Stop it, in time; everything it wrote."""
        self.process.send_signal(sign)
        _, err = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        assert self.process.returncode == code, err.decode()
        return err.decode()


@asynccontextmanager
async def running(url: str, *others: str) -> AsyncIterator[Running]:
    """The program on a database, with learners; killed in the end where it has not stopped by itself."""
    async with telegram.TelegramServer() as t:
        settings = {
            "STUDYBUDDY_DATABASE_URL": url,
            "STUDYBUDDY_TELEGRAM_TOKEN": t.token,
            "STUDYBUDDY_TELEGRAM_API_URL": t.url,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=ROOT,
            env=os.environ | settings,
            stdout=DEVNULL,
            stderr=PIPE,
            limit=1 << 24,
        )
        try:
            people = [t.person(name) for name in ("ada", *others)]
            for person in people:
                await person.starts()
                await t.hears(person, "How many hours a week")
                await person.presses("8 h a week")
                await t.hears(person, "which time zone")
                await person.says("UTC")
                await t.hears(person, "Your days are those of UTC")
            yield Running(t, process, people[0])
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()
