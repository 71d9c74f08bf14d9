"""The gateway: events by websocket (https://discord.com/developers/docs/events/gateway)."""

import asyncio
import json
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from . import wires
from .calls import Json
from .compression import squeeze
from .sessions import (
    ACK,
    HEARTBEAT,
    HELLO,
    IDENTIFY,
    INVALID,
    MEMBERS,
    PRESENCE,
    RECONNECT,
    RESUME,
    VOICE,
    Connection,
    Session,
)

if TYPE_CHECKING:
    from .watching import Watched

GUILDS = 1 << 0
PRIVILEGED = {1 << 1: "GUILD_MEMBERS", 1 << 8: "GUILD_PRESENCES", 1 << 15: "MESSAGE_CONTENT"}
GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 9, 1 << 12
GUILD_EVENTS = frozenset({"GUILD_CREATE", "GUILD_DELETE", "CHANNEL_CREATE", "CHANNEL_DELETE"})
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, BAD_TOKEN, AGAIN = 4001, 4002, 4003, 4004, 4005
BAD_SEQUENCE, BAD_VERSION, FORBIDDEN_INTENTS = 4007, 4012, 4014
FORGOTTEN_AFTER = frozenset({1000, 1001})
"""A client that closes with one of these ends its session."""


class Gateway:
    """Sessions, connections and trouble with them. `interval` is the heartbeat's, in seconds.

    `identifies` and `resumes` are what bots sent for them, in order; `heartbeats` counts theirs.
    """

    def __init__(self, world: "Watched", interval: float = 41.25) -> None:
        """Start with nobody connected."""
        self.interval = interval
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats = 0
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self._world = world
        self._numbers = count(1)

    @property
    def connected(self) -> int:
        """How often a bot identified or resumed."""
        return len(self.identifies) + len(self.resumes)

    @property
    def online(self) -> bool:
        """Whether a bot gets events right now."""
        return any(
            session.connection is not None and not session.connection.silent for session in self.sessions.values()
        )

    @property
    def intents(self) -> int | None:
        """The intents of the newest IDENTIFY; None before any."""
        return int(self.identifies[-1].get("intents", 0)) if self.identifies else None

    def dispatch(self, event: str, data: Any, guild_id: int | None = None) -> None:
        """An event for every session that it concerns and that asked for such; lost where there is none."""
        needed = GUILDS if event in GUILD_EVENTS else 0
        if event == "MESSAGE_CREATE":
            needed = DIRECT_MESSAGES if guild_id is None else GUILD_MESSAGES
        for session in list(self.sessions.values()):
            if session.wants(guild_id) and session.intents & needed == needed:
                session.event(event, data)

    def drop(self, code: int | None = None) -> None:
        """Cut every connection, or close it with this code; the sessions can be resumed."""
        for connection in list(self.connections):
            if code is None:
                self._part(connection)
                connection.abort()
            else:
                connection.close(code)
                self._part(connection)

    def reconnect(self) -> None:
        """Ask every connection to come again (opcode 7)."""
        for connection in list(self.connections):
            connection.send(RECONNECT)

    def invalidate(self, resumable: bool = False) -> None:
        """Tell every connection that its session is invalid (opcode 9); unless it is resumable, it is gone."""
        for connection in list(self.connections):
            connection.send(INVALID, resumable)
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
                connection.session.connection = None
                connection.session = None

    def silence(self) -> None:
        """Nothing comes from the connections that there are now, not even acknowledgements; they stay open."""
        for connection in self.connections:
            connection.silent = True

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, to its end."""
        ws = web.WebSocketResponse(max_msg_size=4096, autoping=True, compress=False)
        await ws.prepare(request)
        kind = request.query.get("compress", "")
        compressor = squeeze(kind)
        connection = Connection(request, ws, compressor)
        if kind and compressor is None:
            self._world.problems.append(f"gateway: no compression {kind!r} here")
        pump = asyncio.ensure_future(connection.pump())
        self.connections.append(connection)
        try:
            if request.query.get("v") != "10" or request.query.get("encoding") != "json":
                self._world.problems.append(f"gateway: asked for {request.query_string}, not v=10 and encoding=json")
                connection.close(BAD_VERSION)
            else:
                connection.send(HELLO, {"heartbeat_interval": int(self.interval * 1000), "_trace": []})
            async for message in ws:
                self._hear(connection, message.data if message.type is WSMsgType.TEXT else None)
            if ws.close_code in FORGOTTEN_AFTER and not connection.closing and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
        finally:
            self._part(connection)
            pump.cancel()
            with suppress(asyncio.CancelledError):
                await pump
        return ws

    def _part(self, connection: Connection) -> None:
        """The connection is gone, its session is not."""
        if connection in self.connections:
            self.connections.remove(connection)
        if connection.session is not None and connection.session.connection is connection:
            connection.session.connection = None
        self._world.signal.fire()

    def _hear(self, connection: Connection, text: str | None) -> None:
        try:
            message = json.loads(text or "")
            op, data = message["op"], message.get("d")
        except (ValueError, KeyError, TypeError):
            self._world.problems.append(f"gateway: not readable: {text!r}")
            return connection.close(DECODE_ERROR)
        if op == HEARTBEAT:
            self.heartbeats += 1
            connection.send(ACK)
        elif op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif op not in {PRESENCE, VOICE, MEMBERS}:
            self._world.problems.append(f"gateway: there is no opcode {op}")
            connection.close(UNKNOWN_OPCODE)
        elif connection.session is None:
            connection.close(NOT_AUTHENTICATED)
        self._world.signal.fire()
        return None

    def _identify(self, connection: Connection, data: Json) -> None:
        world = self._world
        if connection.session is not None:
            return connection.close(AGAIN)
        if data.get("token") != world.token:
            return connection.close(BAD_TOKEN)
        intents = int(data.get("intents", 0))
        asked = [name for bit, name in PRIVILEGED.items() if intents & bit]
        self.identifies.append(data)
        if asked:
            world.problems.append(f"gateway: privileged intents: {', '.join(asked)}")
            return connection.close(FORBIDDEN_INTENTS)
        mine, shards = data.get("shard") or (0, 1)
        for old in [
            known for known in self.sessions.values() if known.shard == (mine, shards) and known.connection is None
        ]:
            del self.sessions[old.id]  # nobody comes back for it: its bot has started anew
        session = Session(f"{next(self._numbers):032x}", intents, (mine, shards), connection)
        self.sessions[session.id] = connection_session = session
        connection.session = connection_session
        guilds = [guild for guild in world.guilds.values() if guild.bot and session.wants(guild.id)]
        session.event("READY", self._ready(session, [str(guild.id) for guild in guilds if intents & GUILDS]))
        for guild in guilds:
            if guild.available and intents & GUILDS:
                session.event("GUILD_CREATE", wires.guild_create(guild))
        return None

    def _resume(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            return connection.close(AGAIN)
        if data.get("token") != self._world.token:
            return connection.close(BAD_TOKEN)
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            return connection.send(INVALID, False)
        if not 0 <= int(data.get("seq") or 0) <= session.sequence:
            return connection.close(BAD_SEQUENCE)
        self.resumes.append(data)
        if session.connection is not None:
            session.connection.session = None
        session.connection, connection.session = connection, session
        session.replay(int(data.get("seq") or 0))
        return None

    def _ready(self, session: Session, guild_ids: list[str]) -> Json:
        world = self._world
        shape: Json = {"v": 10, "user": wires.me(world) | {"verified": True, "mfa_enabled": False, "email": None}}
        shape |= {"session_id": session.id, "session_type": "normal", "resume_gateway_url": world.gateway_url}
        shape |= {"shard": list(session.shard), "application": {"id": str(world.application_id), "flags": 0}}
        shape |= {"guilds": [{"id": guild_id, "unavailable": True} for guild_id in guild_ids], "private_channels": []}
        return shape | {"relationships": [], "presences": [], "user_settings": {}, "_trace": []}
