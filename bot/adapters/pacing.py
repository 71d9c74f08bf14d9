"""Rate limits: sliding windows that are never exceeded, replies before scheduled messages, and fair shares among chats.

Replies belong to a flow, the chat in which they were asked for. When not all can be sent, the flow that was served
longest ago is next: two hundred replies to one chat delay a reply to another by one message, not by all.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

MARGIN = 0.02
"""Seconds kept between our clock and the platform's."""
_LOOK = 0.05
"""Seconds after which a window is looked at again whose messages are all still under way."""
_KNOWN = 10_000
"""So many chats and flows are remembered; one that is quiet is no loss."""
_QUIET = 60.0
"""Seconds after which a flow that was served counts as one that never was."""


class Window:
    """At most `limit` messages in any `seconds`, wherever between `begin` and `end` the platform counts each.

    `share` is the part of the limit, from 0 to 1, that is this process's now.
    """

    def __init__(self, limit: int, seconds: float, share: Callable[[], float] = lambda: 1.0) -> None:
        self._limit = limit
        self._share = share
        self._seconds = seconds + MARGIN
        self._under_way = 0
        self._ended: deque[float] = deque(maxlen=limit)

    def free_at(self, now: float) -> float:
        """When the next message may begin, as far as is known; `_LOOK` from now where that depends on an `end` still to
        come."""
        while self._ended and self._ended[0] + self._seconds <= now:
            self._ended.popleft()
        if len(self._ended) + self._under_way < self._allowed():
            return now
        return self._ended[0] + self._seconds if self._ended else now + _LOOK

    def _allowed(self) -> int:
        share = self._share()
        return max(int(self._limit * share), 1) if share else 0

    def begin(self) -> None:
        """A message is being sent."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """A message was sent: the platform has counted it by `now`."""
        self._under_way -= 1
        self._ended.append(now)

    def idle(self, now: float) -> bool:
        """Whether nothing is counted here any more."""
        return self.free_at(now) <= now and not self._ended and not self._under_way


@dataclass(eq=False)
class _Waiter:
    """A message that waits for its turn."""

    chat: Hashable
    flow: Hashable
    urgent: bool
    windows: Sequence[Window]
    granted: asyncio.Future[None]
    at: float = 0.0
    """Not before this instant, as far as is known."""


class Pacer:
    """Decides when messages may be sent: `overall` limits all, `bulk` those that nobody waits for, `chat_windows` those
    to one chat. `clock` is monotonic, in seconds."""

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
        self._served: dict[Hashable, float] = {}
        self._waiting: dict[_Waiter, None] = {}
        self._alarms: dict[float, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def turn(self, chat: Hashable, *, urgent: bool, flow: Hashable = None) -> AsyncIterator[None]:
        """Wait until a message may be sent to this chat, and send it inside the context.

        `urgent`: somebody waits for it. `flow` is what it is counted to when not all can be sent; by default the chat
        itself.
        """
        windows = [self._overall, *self._windows(chat), *(() if urgent else (self._bulk,))]
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = _Waiter(chat, chat if flow is None else flow, urgent, windows, granted)
        self._waiting[waiter] = None
        self._grant()
        try:
            await granted
            yield
        finally:
            if waiter in self._waiting:
                del self._waiting[waiter]
            else:
                now = self._clock()
                for window in windows:
                    window.end(now)
            self._grant()

    def pause(self, chat: Hashable, seconds: float) -> None:
        """Send nothing to this chat (None: to any) for so many seconds, as the platform asked."""
        now = self._clock()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        self._paused[chat] = now + seconds

    def paused(self, chat: Hashable) -> float:
        """For how many more seconds nothing may be sent to a chat."""
        return max(0.0, self._paused.get(chat, 0.0) - self._clock())

    def _grant(self) -> None:
        """Let go whoever may; come back when the next one might."""
        while self._waiting:
            now = self._clock()
            at = max(self._paused.get(None, now), self._overall.free_at(now))
            if at <= now:
                ready = [waiter for waiter in self._waiting if self._may(waiter, now)]
                if ready:
                    self._let_go(min(ready, key=self._rank), now)
                    continue
                at = min(waiter.at for waiter in self._waiting)
            self._come_back(at, now)
            return

    def _may(self, waiter: _Waiter, now: float) -> bool:
        """Whether somebody may go now; looked up again only when it may have changed, for many may wait."""
        if waiter.at <= now:
            waiter.at = max(self._paused.get(waiter.chat, now), *(window.free_at(now) for window in waiter.windows))
        return waiter.at <= now

    def _rank(self, waiter: _Waiter) -> tuple[bool, float]:
        """The least goes first; of equals whoever came first."""
        return (False, self._served.get(waiter.flow, 0.0)) if waiter.urgent else (True, 0.0)

    def _let_go(self, waiter: _Waiter, now: float) -> None:
        del self._waiting[waiter]
        for window in waiter.windows:
            window.begin()
        if waiter.urgent:
            if len(self._served) > _KNOWN:
                self._served = {flow: at for flow, at in self._served.items() if at > now - _QUIET}
            self._served[waiter.flow] = now
        if not waiter.granted.done():
            waiter.granted.set_result(None)

    def _come_back(self, at: float, now: float) -> None:
        if any(known <= at for known in self._alarms):
            return

        async def alarm() -> None:
            await self._sleep(at - now)
            del self._alarms[at]
            self._grant()

        self._alarms[at] = asyncio.create_task(alarm())

    def _windows(self, chat: Hashable) -> Sequence[Window]:
        if len(self._chats) > _KNOWN:
            now = self._clock()
            self._chats = {c: ws for c, ws in self._chats.items() if not all(w.idle(now) for w in ws)}
        return self._chats.setdefault(chat, self._chat_windows(chat))
