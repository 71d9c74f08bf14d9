"""KeyedQueue: the requests of one person keep their order, those of different people run at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class KeyedQueue:
    """Runs the work of one key in order, and of different keys at the same time. A key takes memory only while it has
    work."""

    def __init__(self) -> None:
        self._newest: dict[Hashable, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def put(self, key: Hashable, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Start `work` as soon as everything put under this key before it has ended. It must not raise."""
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
        """Wait for all work, at most so many seconds. False where some had not ended by then and was cancelled."""
        if not self._running:
            return True
        _, late = await asyncio.wait(set(self._running), timeout=seconds)
        for task in late:
            task.cancel()
        return not late
