"""KeyedQueue: requests of one person keep their order, different people go side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class KeyedQueue:
    """Runs work lane by lane. A lane exists while it has work, so a million people cost nothing."""

    def __init__(self) -> None:
        self._newest: dict[Hashable, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def put(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Do `work` after everything that was put into this lane before it. It must not raise."""
        before = self._newest.get(key)
        task = asyncio.create_task(self._run(key, before, work))
        self._newest[key] = task
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _run(self, key: Hashable, before: asyncio.Task[None] | None, work: Callable[[], Awaitable[None]]) -> None:
        try:
            if before is not None:
                await asyncio.wait([before])
            await work()
        finally:
            if self._newest.get(key) is asyncio.current_task():
                del self._newest[key]

    @property
    def busy(self) -> int:
        """How many pieces of work are under way or waiting."""
        return len(self._running)

    async def drain(self, seconds: float) -> bool:
        """Wait for all work, so long at most; False where some was still under way then, and was cancelled."""
        if not self._running:
            return True
        _, late = await asyncio.wait(set(self._running), timeout=seconds)
        for task in late:
            task.cancel()
        return not late
