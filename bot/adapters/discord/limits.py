"""Counts every request made with the bot's token against Discord's rate limits, whoever makes it and however often.

Requests are counted where they go over the wire: the library opens private chats, registers commands and repeats what
failed by itself. Answers to interactions carry their own authority and are not counted (discord.com/developers, Rate
Limits).
"""

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
import discord
from discord.http import Route

from bot.adapters.pacing import Pacer, Urgency
from bot.adapters.rates import Window

OVERALL = 50
"""Requests a second."""
IN_CHANNEL, SECONDS = 5, 5.0
"""New messages in one channel in so many seconds, and as many edits."""
INVALID, WITHIN = 5_000, 600.0
"""Refused requests (401, 403, 429) in so many seconds after which nothing is sent unasked for a while: at 10,000
Discord bans the address (discord.com/developers, Rate Limits, "Invalid Request Limit")."""
LONGEST_WAIT = 30.0
"""Seconds that a request waits for a limit, 30 at least for the library; of a longer one it tells by `RateLimited`."""
_SHORT = 1.0
"""The same for what nobody waits for and can be tried later."""
_EXEMPT = re.compile(r"/(?:interactions|webhooks)/")
_IDS = re.compile(r"/\d+(?=/|$)")
_CHANNEL = re.compile(r"/channels/(\d+)")
_waited_for: ContextVar[bool] = ContextVar("waited_for", default=True)


@contextmanager
def unasked() -> Iterator[None]:
    """Requests made inside are such that nobody waits for: all others go first."""
    before = _waited_for.set(False)
    try:
        yield
    finally:
        _waited_for.reset(before)


class Limits:
    """Discord's limits for one bot. Where Discord asked for a longer pause, a request raises `discord.RateLimited`
    without being made."""

    def __init__(
        self,
        clock: Callable[[], float] = lambda: asyncio.get_running_loop().time(),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        share: Callable[[], float] = lambda: 1.0,
    ) -> None:
        self.clock = clock
        self._pacer = Pacer(Window(OVERALL, 1, share), _windows, lambda: self.clock(), sleep)
        self._closed: dict[Hashable, float] = {}
        self._invalid: deque[float] = deque(maxlen=INVALID)

    def _shut(self, key: Hashable, *, waited_for: bool) -> float:
        """Seconds for which Discord wants nothing of this kind, or nothing at all that nobody waits for."""
        now = self.clock()
        until = max(self._closed.get(key, now), self._closed.get(None, now))
        if len(self._invalid) == INVALID and not waited_for:
            until = max(until, self._invalid[0] + WITHIN)
        return until - now

    def watch(self) -> aiohttp.TraceConfig:
        """What the library's HTTP session is to be traced with, so that each request waits for its turn."""
        watched = aiohttp.TraceConfig()
        watched.on_request_start.append(self._start)
        watched.on_request_end.append(self._end)
        watched.on_request_exception.append(self._failed)
        return watched

    async def _start(
        self, _: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        path = str(request.url).removeprefix(Route.BASE)
        if path == str(request.url) or _EXEMPT.match(path):
            return
        key, waited_for = _key(request.method, path), _waited_for.get()
        shut = self._shut(key, waited_for=waited_for)
        if shut > (LONGEST_WAIT if waited_for else _SHORT):
            raise discord.RateLimited(shut)
        urgency = Urgency.REPLY if waited_for else Urgency.BULK
        turn: AbstractAsyncContextManager[None] = self._pacer.turn(key, urgency, kind=_route(request.method, path))
        await turn.__aenter__()
        context.key, context.turn = key, turn

    async def _end(
        self, _: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        if not hasattr(context, "turn"):
            return
        answer = request.response
        if answer.status == 429:
            everywhere = answer.headers.get("X-RateLimit-Global") or answer.headers.get("X-RateLimit-Scope") == "global"
            self._close(None if everywhere else context.key, _seconds(answer.headers.get("Retry-After")))
            if everywhere:
                self._pacer.slow_down()
        if answer.status in {401, 403, 429}:
            self._invalid.append(self.clock())
        await context.__dict__.pop("turn").__aexit__(None, None, None)

    async def _failed(
        self, _: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestExceptionParams
    ) -> None:
        if hasattr(context, "turn"):
            error = request.exception
            await context.__dict__.pop("turn").__aexit__(type(error), error, error.__traceback__)

    def _close(self, key: Hashable, seconds: float) -> None:
        now = self.clock()
        self._closed = {known: until for known, until in self._closed.items() if until > now}
        self._closed[key] = now + seconds
        self._pacer.pause(key, seconds)


def _key(method: str, path: str) -> str:
    """What a request is limited together with: its method and route, in each channel by itself."""
    channel = _CHANNEL.match(path)
    return f"{_route(method, path)} {channel[1]}" if channel else _route(method, path)


def _route(method: str, path: str) -> str:
    return f"{method} {_IDS.sub('/{}', path.partition('?')[0])}"


def _windows(key: Hashable) -> Sequence[Window]:
    written = str(key).startswith(("POST /channels/{}/messages ", "PATCH /channels/{}/messages/{} "))
    return (Window(IN_CHANNEL, SECONDS),) if written else ()


def _seconds(header: str | None) -> float:
    try:
        return min(max(float(header or 1), 0.0), 86_400.0)
    except ValueError:
        return 1.0
