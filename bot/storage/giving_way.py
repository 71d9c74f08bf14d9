"""Work that nobody waits for gives way to requests: it begins in a gap between them, or after a moment."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork

T = TypeVar("T")

LONGEST = 0.1
"""Seconds after which it begins all the same: where there is no gap, messages still go out."""


class Traffic:
    """Two views of one database: for work that somebody waits for, and for work that gives way to it."""

    def __init__(self, database: Database) -> None:
        self._under_way = 0
        self._waiting: list[asyncio.Future[None]] = []
        self.first: Database = _First(database, self)
        """For work that somebody waits for."""
        self.giving_way: Database = _GivingWay(database, self)
        """For work that nobody waits for."""

    @contextmanager
    def somebody_waits(self) -> Iterator[None]:
        """Work in this context is work that somebody waits for."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                waiting, self._waiting = self._waiting, []
                for gap in waiting:
                    if not gap.done():
                        gap.set_result(None)

    async def gap(self) -> None:
        """Wait until nobody waits for anything, at most `LONGEST`."""
        if self._under_way:
            gap: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(gap)
            await asyncio.wait([gap], timeout=LONGEST)
            gap.cancel()


class _First:
    """See `bot.ports.database.Database`."""

    def __init__(self, database: Database, traffic: Traffic) -> None:
        self._database = database
        self._traffic = traffic

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        with self._traffic.somebody_waits():
            return await self._database.run(work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        with self._traffic.somebody_waits():
            return await self._database.read(work)


class _GivingWay:
    """See `bot.ports.database.Database`."""

    def __init__(self, database: Database, traffic: Traffic) -> None:
        self._database = database
        self._traffic = traffic

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        await self._traffic.gap()
        return await self._database.run(work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        await self._traffic.gap()
        return await self._database.read(work)
