"""A listening socket that waits for nobody for long: not for a request's first line, nor for its body."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS, WHOLE = 10.0, 20.0
"""Seconds in which a connection must have sent the head of its first request, and in which a request is answered."""
IDLE = 15.0
"""Seconds that a connection may stay open between two requests."""
LARGEST = 64 * 1024
"""Bytes of a request's body."""
CONNECTIONS = 500
"""Connections at the same time; any more are closed at once."""
STOPPING = 3.0
"""Seconds in which requests that are being answered come to their end."""


class Listener:
    """Serves an application until it is closed."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._silent: set[asyncio.BaseProtocol] = set()
        self._runner: web.AppRunner | None = None
        self._server: asyncio.Server | None = None

    @web.middleware
    async def impatient(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A middleware: a request that takes too long is given up."""
        self._silent.discard(request.protocol)
        try:
            async with asyncio.timeout(WHOLE):
                return await handler(request)
        except TimeoutError:
            request.protocol.force_close()
            raise web.HTTPRequestTimeout from None

    async def open(self, app: web.Application) -> int:
        """Listen; returns the port."""
        # Browsers do not compress what they send; what claims to be compressed stays as it is and is no form.
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=IDLE, shutdown_timeout=STOPPING, auto_decompress=False
        )
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connected, self._host, self._port, backlog=128)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Take no more connections, and finish what is being answered."""
        if self._server:
            self._server.close()
        if self._runner:
            await self._runner.cleanup()
        self._server = self._runner = None

    def _connected(self) -> asyncio.BaseProtocol:
        assert self._runner is not None  # noqa: S101 - listening
        assert self._runner.server is not None  # noqa: S101 - listening
        if len(self._runner.server.connections) >= CONNECTIONS:
            return _Full()
        handler: web.RequestHandler = self._runner.server()
        self._silent.add(handler)
        asyncio.get_running_loop().call_later(HEADERS, self._hang_up, handler)
        return handler

    def _hang_up(self, handler: web.RequestHandler) -> None:
        if handler in self._silent:
            self._silent.discard(handler)
            handler.force_close()


class _Full(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
