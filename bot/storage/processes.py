"""Several processes on one PostgreSQL: its advisory locks say who does what, its NOTIFY says what is due.

Each process has a connection of its own for that, beside the pool. The server ends the locks of a connection that is
gone, and of one whose process does not answer; a pooler in between must not lend it to others (PgBouncer: session
pooling).
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg

from bot.storage.at_work import LISTENS, NAME
from bot.storage.database import SqlDatabase
from bot.storage.engines import LIMITS, LINE
from bot.storage.lock_session import Lent, LockSession, key_of
from bot.storage.notifying import CHANNEL

log = logging.getLogger(__name__)

LOOK = 1.0
"""Seconds between two looks at who holds what."""
PATIENCE = 3.0
"""Seconds for one look; then the connection counts as lost."""
NOTICED = 2.5
"""Seconds after which every other process has noticed one that joined: their next look, and a second for what they have
sent before it."""
SILENT = 8
"""Seconds after which the server gives up a connection that says nothing: longer than a look and its patience."""
_SESSION = {
    **LIMITS,
    "idle_session_timeout": f"{SILENT}s",
    "tcp_keepalives_idle": "4",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "2",
}


@asynccontextmanager
async def connected(database: SqlDatabase, roles: str, *, listens: bool) -> "AsyncIterator[PostgresqlProcesses]":
    """The processes that share a PostgreSQL database, of which this one does what `roles` says and, with `listens`,
    hears what is due."""
    processes = PostgresqlProcesses(database, roles)
    tasks = [asyncio.create_task(processes.look())]
    if listens:
        tasks.append(asyncio.create_task(processes.listen()))
    try:
        yield processes
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


class PostgresqlProcesses:
    """See `bot.ports.processes.Processes`."""

    def __init__(self, database: SqlDatabase, roles: str) -> None:
        self._database = database
        self._roles = roles
        self._locks: list[AdvisoryLock] = []
        self._joined: dict[str, float] = {}
        self._looks: list[dict[int, int]] = [{}, {}]
        """How often each key is held: by the look before the last, and by the last."""
        self._looked_at = self._last_began = float("-inf")
        self._kick = asyncio.Event()
        self._due = asyncio.Event()

    def lock(self, name: str) -> "AdvisoryLock":
        """The lock of this name, not held yet."""
        return AdvisoryLock(key_of(name), self)

    def join(self, name: str) -> None:
        """Count this process to a group until `leave`."""
        self._joined[name] = time.monotonic()
        self.hasten()

    def leave(self, name: str) -> None:
        """Count it no longer."""
        self._joined.pop(name, None)
        self.hasten()

    def count(self, name: str) -> int:
        """How many processes have joined a group: the most that the last two looks have shown. Before the first look
        since this one joined there may be another."""
        most = max(*(look.get(key_of(name), 0) for look in self._looks), int(name in self._joined))
        return most + (self._joined.get(name, float("-inf")) > self._looked_at)

    def known(self, name: str) -> bool:
        """Whether this process joined so long ago that all others have noticed."""
        return time.monotonic() - self._joined.get(name, time.monotonic()) >= NOTICED

    async def woken(self) -> None:
        """Wait until something was committed that is due at once."""
        await self._due.wait()
        self._due.clear()

    def hasten(self) -> None:
        """Look at once: something is wanted, or let go of."""
        self._kick.set()

    def keep(self, lock: "AdvisoryLock") -> None:
        """Look after a lock from now on."""
        if lock not in self._locks:
            self._locks.append(lock)
        self.hasten()

    async def look(self) -> None:
        """Keep a connection, and with it the locks, for as long as the process runs."""
        while True:
            try:
                async with self._connected(f"{NAME} {self._roles}") as line:
                    await self._keep(LockSession(line))
            except Lent:
                log.error("a pooler before PostgreSQL lends our connection to others: it must pool sessions")
            except Exception as error:  # whatever it is: without this the process would hold nothing, for ever
                log.warning("who does what cannot be agreed on; trying again", extra={"why": type(error).__name__})
            for lock in self._locks:
                lock.doubt()
            await asyncio.sleep(LOOK)

    async def _keep(self, session: LockSession) -> None:
        while True:
            self._kick.clear()
            began = time.monotonic()
            async with asyncio.timeout(PATIENCE):
                await session.check()
                await session.unlock({lock.key for lock in self._locks if not lock.wanted})
                self._locks = [lock for lock in self._locks if lock.wanted]
                for lock in self._locks:
                    lock.tell(held=await session.lock(lock.key))
                await session.share({key_of(name) for name in self._joined})
                self._note(await session.held(), began)
            # Not `wait_for`: on Python 3.11 that forgets a cancellation that comes together with the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self._kick.wait()

    def _note(self, held: dict[int, int], began: float) -> None:
        """Remember what a look has shown; looks in quick succession count as one."""
        before, last = self._looks
        if began - self._last_began >= LOOK:
            self._looks, self._last_began = [last, held], began
        else:
            self._looks = [before, {key: max(held.get(key, 0), last.get(key, 0)) for key in held | last}]
        self._looked_at = began

    async def listen(self) -> None:
        """Hear what is due at once, for as long as the process runs."""
        while True:
            with suppress(Exception):  # a tick finds it
                async with self._connected(LISTENS) as line:
                    await line.execute(f"LISTEN {CHANNEL}")
                    self._due.set()  # what was told while nobody listened
                    while True:
                        async for _ in line.notifies(timeout=SILENT / 2):
                            self._due.set()
                        async with asyncio.timeout(PATIENCE):
                            await line.execute("SELECT 1")
            await asyncio.sleep(LOOK)

    @asynccontextmanager
    async def _connected(self, name: str) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        dialect = self._database.engine.dialect
        positional, named = dialect.create_connect_args(self._database.url)
        line = LINE | dict(named) | {"application_name": name}
        async with asyncio.timeout(PATIENCE * 2):
            connection = await psycopg.AsyncConnection.connect(*positional, autocommit=True, **line)
        try:
            settings = [s for s in _SESSION if s != "idle_session_timeout" or connection.info.server_version >= 140000]
            await connection.execute("; ".join(f"SET {name} = '{_SESSION[name]}'" for name in settings))
            yield connection
        finally:
            await connection.close()


class AdvisoryLock:
    """See `bot.ports.processes.Lock`."""

    def __init__(self, key: int, processes: PostgresqlProcesses) -> None:
        self.key = key
        self.wanted = False
        self.held = False
        self._processes = processes
        self._confirmed = asyncio.Event()
        self._lost = asyncio.Event()

    @property
    def confirmed(self) -> bool:
        """Whether this process holds it and the database says so."""
        return self._confirmed.is_set()

    def want(self) -> None:
        """Take it as soon as nobody else has it."""
        self.wanted = True
        self._processes.keep(self)

    async def acquire(self) -> None:
        """Take it, and wait until that is `confirmed`."""
        self.want()
        await self._confirmed.wait()

    async def lost(self) -> None:
        """Wait until another process has taken over."""
        await self._lost.wait()

    def release(self) -> None:
        """Let go of it."""
        self.wanted = self.held = False
        self._confirmed.clear()
        self._processes.hasten()

    def doubt(self) -> None:
        """The connection that held it is gone."""
        self._confirmed.clear()

    def tell(self, *, held: bool) -> None:
        """A look has shown whether it is held by this process."""
        if not self.wanted:
            return
        if held:
            self._lost.clear()
            self._confirmed.set()
        elif self.held:
            self._confirmed.clear()
            self._lost.set()
        self.held = held
