"""Not faster than a platform allows: strict sliding windows, and whoever waits for an answer before what is posted."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence

MARGIN = 0.02
"""Seconds kept between our clock and the platform's, which sees two messages a little closer together than we do."""
_KNOWN = 10_000
"""So many chats are remembered; a chat whose windows are empty is no loss."""


class Window:
    """At most `limit` in any `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._seconds = seconds + MARGIN
        self._last: deque[float] = deque(maxlen=limit)

    def free_at(self) -> float:
        """When the next one may go."""
        full = len(self._last) == self._last.maxlen
        return self._last[0] + self._seconds if full else 0.0

    def take(self, now: float) -> None:
        """One goes now."""
        self._last.append(now)


class Pacer:
    """Lets one through at a time: `overall` for everything, `bulk` for what nobody waits for, and a window a chat."""

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

    async def turn(self, chat: Hashable, *, urgent: bool) -> None:
        """Wait until a message may go to this chat, and count it."""
        windows = self._windows(chat)
        self._urgent += urgent
        try:
            while True:
                now = self._clock()
                mine = [self._overall, *windows] if urgent else [self._overall, self._bulk, *windows]
                at = max(self._paused.get(chat, 0.0), self._paused.get(None, 0.0), *(w.free_at() for w in mine))
                if at <= now and (urgent or not self._waiting_urgently()):
                    for window in mine:
                        window.take(now)
                    return
                await self._sleep(max(at - now, 0.01))
        finally:
            self._urgent -= urgent

    def pause(self, chat: Hashable, seconds: float) -> None:
        """Nothing to this chat (None: to any) for so long: the platform has said so."""
        self._paused = {key: until for key, until in self._paused.items() if until > self._clock()}
        self._paused[chat] = self._clock() + seconds

    def _waiting_urgently(self) -> bool:
        return self._urgent > 0 and self._overall.free_at() > self._clock() - MARGIN

    def _windows(self, chat: Hashable) -> Sequence[Window]:
        if len(self._chats) > _KNOWN:
            now = self._clock()
            self._chats = {c: ws for c, ws in self._chats.items() if any(w.free_at() > now for w in ws)}
        return self._chats.setdefault(chat, self._chat_windows(chat))
