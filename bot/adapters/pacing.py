"""Not faster than a platform allows: strict sliding windows, and whoever waits for an answer before what is posted."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager

MARGIN = 0.02
"""Seconds kept between our clock and the platform's."""
_LOOK = 0.05
"""Seconds after which a window is looked at again whose messages are all still under way."""
_AFTER = 0.005
"""Seconds for which what nobody waits for lets an answer go first."""
_KNOWN = 10_000
"""So many chats are remembered; a chat whose windows are empty is no loss."""


class Window:
    """At most `limit` in any `seconds`, wherever between `begin` and `end` the platform counts a message."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds + MARGIN
        self._under_way = 0
        self._ended: deque[float] = deque(maxlen=limit)

    def free_at(self, now: float) -> float:
        """When the next one may begin, as far as is known."""
        while self._ended and self._ended[0] + self._seconds <= now:
            self._ended.popleft()
        if len(self._ended) + self._under_way < self._limit:
            return now
        return self._ended[0] + self._seconds if self._ended else now + _LOOK

    def begin(self) -> None:
        """A message is on its way."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """The platform has counted it by now."""
        self._under_way -= 1
        self._ended.append(now)

    def idle(self, now: float) -> bool:
        """Whether nothing is remembered here."""
        return self.free_at(now) <= now and not self._ended and not self._under_way


class Pacer:
    """Lets messages through: `overall` for everything, `bulk` for what nobody waits for, and windows a chat."""

    def __init__(
        self,
        overall: Window,
        bulk: Window,
        chat_windows: Callable[[Hashable], Sequence[Window]] = lambda _: (),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._overall = overall
        self._bulk = bulk
        self._chat_windows = chat_windows
        self._clock = clock
        self._sleep = sleep
        self._chats: dict[Hashable, Sequence[Window]] = {}
        self._paused: dict[Hashable, float] = {}
        self._urgent = 0

    @asynccontextmanager
    async def turn(self, chat: Hashable, *, urgent: bool) -> AsyncIterator[None]:
        """Wait until a message may go to this chat; it is sent inside of the context."""
        mine = [self._overall, *self._windows(chat), *(() if urgent else (self._bulk,))]
        await self._wait(chat, mine, urgent=urgent)
        try:
            yield
        finally:
            now = self._clock()
            for window in mine:
                window.end(now)

    def pause(self, chat: Hashable, seconds: float) -> None:
        """Nothing to this chat (None: to any) for so long: the platform has said so."""
        now = self._clock()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        self._paused[chat] = now + seconds

    async def _wait(self, chat: Hashable, mine: Sequence[Window], *, urgent: bool) -> None:
        while True:
            now = self._clock()
            at = max(self._paused.get(chat, now), self._paused.get(None, now), *(w.free_at(now) for w in mine))
            if at <= now and (urgent or not self._urgent):
                for window in mine:
                    window.begin()
                return
            short = urgent and self._overall.free_at(now) > now
            self._urgent += short
            try:
                await self._sleep(max(at - now, _AFTER))
            finally:
                self._urgent -= short

    def _windows(self, chat: Hashable) -> Sequence[Window]:
        if len(self._chats) > _KNOWN:
            now = self._clock()
            self._chats = {c: ws for c, ws in self._chats.items() if not all(w.idle(now) for w in ws)}
        return self._chats.setdefault(chat, self._chat_windows(chat))
