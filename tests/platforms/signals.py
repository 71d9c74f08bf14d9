"""Waiting for something to become true, woken whenever something happened."""

import asyncio
from collections.abc import Callable

POLL = 0.05
"""Seconds after which a predicate is looked at even though nothing happened here: it may be about another process."""


class NotSeen(AssertionError):
    """What a test waited for did not happen in time; the text tells what did."""


class Signal:
    """Wakes everybody who waits whenever something happened."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._waiting: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        """Something happened."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, predicate: Callable[[], object], timeout: float, report: Callable[[], str]) -> None:  # noqa: ASYNC109
        """Return once the predicate is true. Raises NotSeen with the report after `timeout` seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while not predicate():
            left = end - loop.time()
            if left <= 0:
                raise NotSeen(f"not within {timeout:g} s; {report()}")
            waiting = loop.create_future()
            self._waiting.add(waiting)
            try:
                await asyncio.wait([waiting], timeout=min(left, POLL))
            finally:
                self._waiting.discard(waiting)
