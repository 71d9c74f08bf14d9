"""Trouble on demand: answers that are errors, come late, come garbled or never come."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from .bodies import Call

Trouble = Literal[
    "error",
    "bad_gateway",
    "too_many",
    "blocked",
    "refused",
    "hang",
    "cut_before",
    "cut_after",
    "slow",
    "garbage",
    "lost",
]
"""`error` is a 500 with Telegram's JSON, `bad_gateway` a 502 with a proxy's HTML, `too_many` a 429, `blocked` a 403,
`refused` the error of `refusal`, a code and a description,
`hang` never answers until released, `lost` does the work and then hangs, `cut_before` and `cut_after` close the
connection without the work and with it, `slow` answers late, `garbage` is a 200 that is no JSON, without the work."""

PAGE = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
STATES: dict[str, tuple[int, str]] = {
    "error": (500, "Internal Server Error"),
    "too_many": (429, "Too Many Requests: retry after {}"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
}


@dataclass(eq=False)
class Fault:
    """One trouble, for the next `times` calls (None: for all) of a method and to a chat (None: any of them).

    `met` are the calls it has hit so far.
    """

    kind: Trouble
    method: str | None = None
    times: int | None = 1
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float = 0.0
    refusal: tuple[int, str] = (400, "Bad Request")
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
        there = self.chat_id is None or str(call.params.get("chat_id")) == str(self.chat_id)
        return there and self.method in {None, call.method}

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
            return web.Response(text='{"ok": true, "result": {"mess', content_type="application/json")
        return self._refusal() if self.kind in STATES or self.kind == "refused" else None

    def _refusal(self) -> web.Response:
        code, description = STATES.get(self.kind, self.refusal)
        body = {"ok": False, "error_code": code, "description": description.format(self.retry_after)}
        if code == 429:
            body["parameters"] = {"retry_after": self.retry_after}
        return web.Response(status=code, text=json.dumps(body), content_type="application/json")
