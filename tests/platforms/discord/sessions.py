"""A session of the gateway, which outlives its connections, and one connection of it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .compression import Squeeze

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE = 0, 1, 2, 3, 4
RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 6, 7, 8, 9, 10, 11


class Connection:
    """One websocket. What is sent goes through a queue, so that whoever sends need not wait."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, squeeze: Squeeze | None) -> None:
        """`squeeze` compresses the stream; None sends text."""
        self.session: Session | None = None
        self.silent = False
        self.closing = False
        self._request = request
        self._ws = ws
        self._squeeze = squeeze
        self._outgoing: asyncio.Queue[str | int] = asyncio.Queue()

    def send(self, op: int, data: Any = None) -> None:
        """A message that is no event."""
        self.send_text(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def send_text(self, text: str) -> None:
        """A whole message; nothing where this connection is silent."""
        if not self.silent:
            self._outgoing.put_nowait(text)

    def close(self, code: int) -> None:
        """Close with this code after what is to be sent."""
        self.closing = True
        self._outgoing.put_nowait(code)

    def abort(self) -> None:
        """Cut the connection without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def pump(self) -> None:
        """Send what is in the queue, until closed."""
        with suppress(ConnectionError):
            while True:
                item = await self._outgoing.get()
                if isinstance(item, int):
                    await self._ws.close(code=item)
                    return
                if self._squeeze is None:
                    await self._ws.send_str(item)
                else:
                    await self._ws.send_bytes(self._squeeze(item.encode()))


@dataclass(eq=False)
class Session:
    """What a bot identified as. Every event is kept, so that a resumed connection gets what it missed."""

    id: str
    intents: int
    shard: tuple[int, int]
    connection: Connection | None = None
    log: list[str] = field(default_factory=list)

    @property
    def sequence(self) -> int:
        """The number of the newest event."""
        return len(self.log)

    def wants(self, guild_id: int | None) -> bool:
        """Whether the events of this server (None: of no server) come to this shard."""
        mine, shards = self.shard
        return mine == (0 if guild_id is None else (guild_id >> 22) % shards)

    def event(self, name: str, data: Any) -> None:
        """An event, sent now or kept for a resumed connection."""
        text = json.dumps({"op": DISPATCH, "d": data, "s": self.sequence + 1, "t": name})
        self.log.append(text)
        if self.connection is not None:
            self.connection.send_text(text)

    def replay(self, after: int) -> None:
        """Send what came after this number, and RESUMED."""
        assert self.connection is not None
        for text in self.log[after:]:
            self.connection.send_text(text)
        self.event("RESUMED", {"_trace": []})
