"""One process for each shard, and one connection at a time that identifies itself, among all processes of a token."""

import asyncio
from contextlib import suppress

from bot.adapters.discord.shards import Shards
from bot.ports.processes import Lock, Processes

IDENTIFY = 5.0
"""Seconds between two connections that identify themselves with one token (discord.com/developers, Gateway, "Rate
Limiting")."""


class ShardLocks:
    """The shards of one process. Which those are is known only from Discord where the host has not said it."""

    def __init__(self, processes: Processes, token: str, shards: Shards | None) -> None:
        self.chosen = shards
        self._processes = processes
        self._token = token
        self._held: list[Lock] = []
        self._letting_go: set[asyncio.Task[None]] = set()

    async def acquire(self, shards: Shards) -> None:
        """Wait until no other process connects one of these shards: in the order of their numbers, so that two
        processes with some in common do not wait for each other."""
        for number in shards.ids:
            lock = self._processes.lock(f"{self._token}: shard {number} of {shards.count}")
            self._held.append(lock)
            await lock.acquire()

    async def lost(self) -> None:
        """Wait until another process has taken over one of them."""
        waiting = [asyncio.create_task(lock.lost()) for lock in self._held]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    def release(self) -> None:
        """Let other processes connect them."""
        for lock in self._held:
            lock.release()
        self._held = []

    async def identify(self) -> None:
        """Wait for this process's turn to identify itself; the next has its turn some seconds later.

        While the database cannot be asked nobody waits: people are to be told that nothing can be saved.
        """
        lock = self._processes.lock(f"{self._token}: identify")
        lock.want()
        while not lock.confirmed:
            if not all(held.confirmed for held in self._held):
                lock.release()
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await lock.acquire()

        async def let_go() -> None:
            await asyncio.sleep(IDENTIFY)
            lock.release()

        task = asyncio.create_task(let_go())
        self._letting_go.add(task)
        task.add_done_callback(self._letting_go.discard)
