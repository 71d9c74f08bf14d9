"""What is being sent that nobody asked for, so that a stop can wait for it: cut off, it may come twice."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class InFlight:
    """Counts messages that are being sent."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    @contextmanager
    def message(self) -> Iterator[None]:
        """A message is being sent for the length of a block."""
        self._count += 1
        self._none.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._none.set()

    async def landed(self, seconds: float) -> None:
        """Wait until none is under way, at most so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._none.wait()
