"""An event loop whose time passes only while nobody works: an hour of waiting takes as long as the work in it.

Requests, threads and the program's own work take no time on its clock. So what is measured on it is waiting alone, and
the same on every machine.
"""

import asyncio
import selectors
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import pytest

from bot.adapters.pacing import Pacer
from bot.storage.database import SqlDatabase

T = TypeVar("T")

_QUIET = 0.001
"""Real seconds for which nothing comes over a socket until everybody is taken to be waiting."""


class _Idle(selectors.DefaultSelector):
    """Waits for sockets as usual, and puts the clock forward in place of waiting for time to pass."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.working = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self.working:
            return super().select(timeout)
        events = super().select(min(timeout, _QUIET))
        if not events:
            self.now += timeout
        return events


class IdleTimeLoop(asyncio.SelectorEventLoop):
    """The loop. While a piece of work of `working` is under way, time stands still."""

    def __init__(self) -> None:
        self._idle = _Idle()
        super().__init__(self._idle)

    def time(self) -> float:
        """Seconds spent waiting since the loop was made."""
        return self._idle.now

    @contextmanager
    def working(self) -> Iterator[None]:
        """Somebody works where the loop does not see it: on another thread."""
        self._idle.working += 1
        try:
            yield
        finally:
            self._idle.working -= 1


def run(story: Callable[[], Awaitable[T]], monkeypatch: pytest.MonkeyPatch) -> T:
    """Run a story on such a loop. No time is taken by the database, nor by a request that has had its turn."""
    loop = IdleTimeLoop()
    turn = Pacer.turn

    @asynccontextmanager
    async def timeless_turn(*of: Any, **options: Any) -> AsyncIterator[None]:
        async with turn(*of, **options):
            with loop.working():
                yield

    monkeypatch.setattr(Pacer, "turn", timeless_turn)

    def timeless(name: str) -> None:
        original = getattr(SqlDatabase, name)

        async def work(self: SqlDatabase, *args: Any, **options: Any) -> Any:
            with loop.working():
                return await original(self, *args, **options)

        monkeypatch.setattr(SqlDatabase, name, work)

    timeless("run")
    timeless("read")
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(_awaited(story))


async def _awaited(story: Callable[[], Awaitable[T]]) -> T:
    return await story()
