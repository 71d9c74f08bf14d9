"""Trouble on demand: answers that are errors, come late, come garbled or never come."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from .calls import Call, Json
from .limits import Wait

Trouble = Literal[
    "error",
    "bad_gateway",
    "too_many",
    "forbidden",
    "refused",
    "hang",
    "cut_before",
    "cut_after",
    "slow",
    "garbage",
    "lost",
]
"""`error` is a 500 with JSON, `bad_gateway` a 502 with a proxy's HTML, `too_many` a 429, `forbidden` a 403 with a code,
`refused` another status with a code, `hang` never answers until released, `lost` does the work and then hangs,
`cut_before` and `cut_after` close the connection without the work and with it, `slow` answers late, `garbage` is a 200
that is no JSON, without the work."""

PAGE = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"


@dataclass(eq=False)
class Fault:
    """One trouble, for the next `times` calls (None: for all) whose "METHOD /path" has `path` in it (a regex).

    `met` are the calls it has hit so far.
    """

    kind: Trouble
    path: str | None = None
    times: int | None = 1
    code: int = 50013
    retry_after: float = 0.05
    everywhere: bool = False
    seconds: float = 0.0
    status: int = 400
    met: list[Call] = field(default_factory=list)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def works(self) -> bool:
        """Whether the call's work is done, whatever the bot hears of it."""
        return self.kind in {"cut_after", "slow", "lost"}

    def hits(self, call: Call) -> bool:
        """Whether it is this call's turn."""
        if self._released.is_set() or (self.times is not None and len(self.met) >= self.times):
            return False
        return self.path is None or re.search(self.path, call.name) is not None

    def release(self) -> None:
        """End the trouble: it hits nothing more, and calls that hang are let go by a closed connection."""
        self._released.set()

    async def play(self, call: Call, work: Callable[[], Awaitable[web.Response]]) -> web.Response | None:
        """The troubled answer; None for a connection to be closed without one."""
        self.met.append(call)
        response = await work() if self.works else None
        if self.kind == "slow":
            await asyncio.sleep(self.seconds)
            return response
        if self.kind in {"hang", "lost"}:
            await self._released.wait()
        if self.kind == "bad_gateway":
            return web.Response(status=502, text=PAGE, content_type="text/html")
        if self.kind == "garbage":
            return answer(200, '{"id": "1", "conte')
        if self.kind == "error":
            return answer(500, {"message": "500: Internal Server Error", "code": 0})
        if self.kind in {"forbidden", "refused"}:
            status = 403 if self.kind == "forbidden" else self.status
            return answer(status, {"message": MESSAGES.get(self.code, "Forbidden"), "code": self.code})
        if self.kind == "too_many":
            wait = Wait(self.retry_after, self.everywhere)
            return answer(429, wait.answer(), wait.headers())
        return None


MESSAGES = {50001: "Missing Access", 50007: "Cannot send messages to this user", 50013: "Missing Permissions"}


def answer(status: int, body: Json | list[Json] | str | None, headers: dict[str, str] | None = None) -> web.Response:
    """An answer as Discord writes it; the library reads JSON only where the Content-Type is exactly this."""
    if body is None:
        return web.Response(status=204, headers=headers)
    text = body if isinstance(body, str) else json.dumps(body)
    return web.Response(
        status=status, body=text.encode(), headers={"Content-Type": "application/json", **(headers or {})}
    )
