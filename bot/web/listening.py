"""A listening socket that waits for nobody for long: not for a request's first line, nor for its body."""

import asyncio
import logging
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


Refuse: TypeAlias = Callable[[int], web.Response]
"""What is answered to a request that cannot be read, by its status."""
log = logging.getLogger(__name__)


class Listener:
    """Serves an application until it is closed."""

    def __init__(self, host: str, port: int, refuse: Refuse) -> None:
        self._host, self._port, self._refuse = host, port, refuse
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
        self._runner = web.AppRunner(app, shutdown_timeout=STOPPING)
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
        handler = _Connection(self._runner.server, self._refuse)
        self._silent.add(handler)
        asyncio.get_running_loop().call_later(HEADERS, self._hang_up, handler)
        return handler

    def _hang_up(self, handler: web.RequestHandler) -> None:
        if handler in self._silent:
            self._silent.discard(handler)
            handler.force_close()


class _Connection(web.RequestHandler):
    """A connection. Neither its answers nor the log repeat what could not be read, which may hold a secret."""

    __slots__ = ("_refuse",)

    def __init__(self, server: web.Server, refuse: Refuse) -> None:
        # Browsers do not compress what they send; what claims to be compressed stays as it is and is no form.
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # as the runner's documentation has it
            keepalive_timeout=IDLE,
            auto_decompress=False,
        )
        self._refuse = refuse

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer a request that the parser refuses; the connection is closed. Raises `ConnectionError`."""
        if status >= 500:
            return super().handle_error(request, status, exc, message)
        log.info("a request cannot be read", extra={"platform": "web", "why": type(exc).__name__})
        if request.writer.output_size > 0:
            raise ConnectionError("a part of the answer is sent already")
        refused = self._refuse(status)
        refused.force_close()
        return refused


class _Full(asyncio.Protocol):
    """A connection too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
