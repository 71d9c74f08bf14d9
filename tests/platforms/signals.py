"""Waiting for something to become true, woken whenever something happened."""

import asyncio
from collections.abc import Callable

FIRST_POLL, LAST_POLL = 0.001, 0.05
"""Seconds after which a predicate is looked at even though nothing happened here, doubled until something does.

It may be about the bot itself, which says nothing when it has come to rest, or about another process.
"""

PATIENCE = 120.0
"""Seconds after which what must come is missed; none of them proves how soon, and a loaded machine is slow."""


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
        poll = FIRST_POLL
        while not predicate():
            left = end - loop.time()
            if left <= 0:
                raise NotSeen(f"not within {timeout:g} s; {report()}")
            waiting = loop.create_future()
            self._waiting.add(waiting)
            try:
                woken, _ = await asyncio.wait([waiting], timeout=min(left, poll))
            finally:
                self._waiting.discard(waiting)
            poll = FIRST_POLL if woken else min(poll * 2, LAST_POLL)
