"""Decides when requests may be sent: a platform's limits are kept and nearly all of them is used, replies go before
what nobody waits for, and chats have fair shares.

Replies belong to a flow, the chat in which they were asked for. When not all can be sent, the flow that was served
longest ago is next: two hundred replies to one chat delay a reply to another by one message, not by all.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum, auto

from bot.adapters.rates import Fastest, Spacing, Window

_KNOWN = 10_000
"""So many chats and flows are remembered; one that is quiet is no loss."""
_QUIET = 60.0
"""Seconds after which a flow that was served counts as one that never was."""


class Urgency(IntEnum):
    """How much a request is waited for. What is less urgent waits for all that is more."""

    REPLY = auto()
    """Somebody waits to read what it brings."""
    ASIDE = auto()
    """It goes with a reply, and says nothing: a button stops spinning."""
    BULK = auto()
    """Nobody waits for it."""


@dataclass(eq=False)
class _Waiter:
    """A request that waits for its turn."""

    chat: Hashable
    flow: Hashable
    urgency: Urgency
    windows: Sequence[Window]
    granted: asyncio.Future[None]
    at: float = 0.0
    """Not before this instant, as far as its chat's limits are known."""
    begun: float = 0.0


class Pacer:
    """Grants turns. `overall` limits all requests, `chat_windows` those to one chat. `clock` is monotonic, in seconds;
    by default it is the event loop's."""

    def __init__(
        self,
        overall: Window,
        chat_windows: Callable[[Hashable], Sequence[Window]] = lambda _: (),
        clock: Callable[[], float] = lambda: asyncio.get_running_loop().time(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._overall = overall
        self._spacing = Spacing(overall)
        self._fastest = Fastest()
        self._chat_windows = chat_windows
        self._clock = clock
        self._sleep = sleep
        self._chats: dict[Hashable, Sequence[Window]] = {}
        self._paused: dict[Hashable, float] = {}
        self._served: dict[Hashable, float] = {}
        self._replies: dict[_Waiter, None] = {}
        self._bulk: dict[_Waiter, None] = {}
        self._alarms: dict[float, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def turn(
        self, chat: Hashable, urgency: Urgency, *, flow: Hashable = None, kind: Hashable = None
    ) -> AsyncIterator[None]:
        """Wait until a request that concerns this chat may be sent, and send it inside the context.

        `flow` is what a reply is counted to when not all can be sent; by default the chat itself. Requests of one
        `kind` take about the same time.
        """
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiter = _Waiter(chat, chat if flow is None else flow, urgency, self._windows(chat), granted)
        waiting = self._bulk if urgency is Urgency.BULK else self._replies
        waiting[waiter] = None
        self._grant()
        trip = 0.0
        try:
            await granted
            yield
            trip = self._fastest.trip(kind, waiter.begun, self._clock())
        finally:
            if waiter in waiting:
                del waiting[waiter]
            else:
                for window in (self._overall, *waiter.windows):
                    window.end(waiter.begun, self._clock() - trip)
            self._grant()

    def pause(self, chat: Hashable, seconds: float) -> None:
        """Send nothing to this chat (None: to any) for so many seconds, as the platform asked."""
        now = self._clock()
        self._paused = {key: until for key, until in self._paused.items() if until > now}
        self._paused[chat] = now + seconds

    def paused(self, chat: Hashable) -> float:
        """For how many more seconds nothing may be sent to a chat."""
        return max(0.0, self._paused.get(chat, 0.0) - self._clock())

    def slow_down(self) -> None:
        """The platform has refused what its limit should have allowed: send less for some minutes."""
        self._overall.lower(self._clock())

    def _grant(self) -> None:
        """Let go whoever may; come back when the next one might."""
        while self._replies or self._bulk:
            now = self._clock()
            ready = [waiter for waiter in self._replies if self._may(waiter, now)]
            at = self._overall.free_at(now)
            if at > now:
                self._spacing.crowded(sum(waiter.urgency is Urgency.REPLY for waiter in ready), now)
            at = max(at, self._paused.get(None, now))
            if at <= now and ready:
                self._let_go(min(ready, key=self._rank), self._replies, now)
            elif at <= now and (bulk := self._first_of_bulk(now)):
                self._let_go(bulk, self._bulk, now)
            else:
                self._come_back(at if at > now else self._next(now), now)
                return

    def _first_of_bulk(self, now: float) -> _Waiter | None:
        """What nobody waits for and may go now."""
        if self._spacing.free_at(now) > now:
            return None
        return next((waiter for waiter in self._bulk if self._may(waiter, now)), None)

    def _next(self, now: float) -> float:
        """When somebody who waits might go, as far as the limit on all lets them."""
        bulk = min((waiter.at for waiter in self._bulk), default=float("inf"))
        return min([max(bulk, self._spacing.free_at(now)), *(waiter.at for waiter in self._replies)])

    def _may(self, waiter: _Waiter, now: float) -> bool:
        """Whether its chat's limits let it go now; looked up again only when it may have changed, for many may wait."""
        if waiter.at <= now:
            waiter.at = max(
                self._paused.get(waiter.chat, now), *(window.free_at(now) for window in waiter.windows), now
            )
        return waiter.at <= now

    def _rank(self, waiter: _Waiter) -> tuple[Urgency, float]:
        """The least goes first; of equals whoever came first."""
        return waiter.urgency, self._served.get(waiter.flow, float("-inf"))

    def _let_go(self, waiter: _Waiter, waiting: dict[_Waiter, None], now: float) -> None:
        del waiting[waiter]
        waiter.begun = now
        for window in (self._overall, *waiter.windows):
            window.begin(now)
        self._spacing.sent(now)
        if waiter.urgency is Urgency.REPLY:
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
