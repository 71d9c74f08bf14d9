"""The server itself: a local Discord on a socket of this machine, HTTP and gateway in one."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from . import calls, limits, routes
from .calls import Call
from .faults import Fault, Trouble, answer
from .limits import Limits
from .refusals import NOT_FOUND, UNAUTHORIZED, Mistake, Refusal
from .routes import WITHOUT_TOKEN, Handler
from .spec import Spec
from .watching import Watched

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.TEST.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
BASE = "/api/v10"
LARGEST_BODY = 60_000_000


class DiscordServer(Watched):
    """A Discord of one bot on a loopback address, from `async with` on.

    `calls` keeps every request, `problems` every one that no correct bot makes (a test asserts that it is empty),
    `refused` those over the limits. Faults and limits are off until set.
    """

    def __init__(
        self,
        token: str = TOKEN,
        username: str = "buddybot",
        clock: Callable[[], float] = time.monotonic,
        spec: Spec | None = None,
        wall: Callable[[], float] = time.time,
        heartbeat_interval: float = 41.25,
    ) -> None:
        """`clock` measures limits, expiry and calls; `wall` dates messages. Without a spec, calls are checked less."""
        super().__init__(token, username, clock, wall, heartbeat_interval)
        self.spec = spec
        self.limits: Limits | None = None
        self.refused: list[Call] = []
        self.faults: list[Fault] = []
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_get("/gateway", self.gateway.serve)
        application.router.add_get("/attachments/{id}/{name}", self._attachment)
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, handler_cancellation=True, access_log=None, shutdown_timeout=0.05)
        await self._runner.setup()
        await self.up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of everything that hangs and stop."""
        assert self._runner is not None
        for fault in self.faults:
            fault.release()
        await self.down()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """What the bot uses in place of https://discord.com/api/v10."""
        return f"{self.url}{BASE}"

    @property
    def gateway_url(self) -> str:
        """What the bot uses in place of wss://gateway.discord.gg/."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    def fault(
        self,
        kind: Trouble,
        path: str | None = None,
        *,
        times: int | None = 1,
        code: int = 50013,
        retry_after: float = 0.05,
        everywhere: bool = False,
        seconds: float = 0.0,
        status: int = 400,
    ) -> Fault:
        """Trouble for the next calls; the first that fits is played. See Trouble for the kinds.

        `path` is a regex looked for in "METHOD /path", `code` a forbidden's or a refused one's (with `status`),
        `retry_after` and `everywhere` (the "global" of it) a 429's, `seconds` how late a slow answer is.
        """
        fault = Fault(kind, path, times, code, retry_after, everywhere, seconds, status)
        self.faults.append(fault)
        return fault

    async def down(self) -> None:
        """Stop listening and cut every connection, the gateway's included."""
        assert self._runner is not None
        assert self._runner.server is not None
        if self._site is not None:
            await self._site.stop()
            self._site = None
        self.gateway.drop()
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()

    async def up(self) -> None:
        """Listen, again on the same port."""
        assert self._runner is not None
        if self._site is None:
            self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
            await self._site.start()
            self._port = self._runner.addresses[0][1]

    async def _attachment(self, request: web.Request) -> web.Response:
        number = request.match_info["id"]
        file = self.attachments.get(int(number)) if number.isdecimal() else None
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file.content, content_type=file.mime)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        call = Call(request.method, path, self.clock(), dict(request.query), request.headers)
        self.calls.append(call)
        handler = routes.find(call) if request.path.startswith(f"{BASE}/") else None
        try:
            call.body, call.files = await calls.read(request)
        except Mistake as mistake:
            return self._refuse(call, mistake)
        fault = next((fault for fault in self.faults if fault.hits(call)), None)
        try:
            if fault is None:
                return await self._work(call, handler)
            response = await fault.play(call, lambda: self._work(call, handler))
        finally:
            self.signal.fire()
        if response is None:
            call.status = call.answer = None
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        call.status = response.status
        return response

    async def _work(self, call: Call, handler: Handler | None) -> web.Response:
        """Do what the call asks and write its answer down."""
        try:
            result = self._check(call, handler)(self, call)
        except Refusal as refusal:
            return self._refuse(call, refusal)
        except _TooMany as over:
            self.refused.append(call)
            call.status, call.answer = 429, over.wait.answer()
            return answer(429, call.answer, limits.headers(call, self.limits, self.wall()) | over.wait.headers())
        except Exception as error:
            self.problem(call, f"this server failed: {error!r}")
            raise
        call.done, call.status, call.answer = True, 204 if result is None else 200, result
        self.signal.fire()
        return answer(200, result, limits.headers(call, self.limits, self.wall()))

    def _check(self, call: Call, handler: Handler | None) -> Handler:
        """Who does it. Raises Refusal for a call that may not be, Mistake for one that is wrong by itself."""
        if handler is None:
            known = self.spec is not None and self.spec.path(call) is not None
            self.problem(call, "this server does not play that" if known else "Discord has no such path and method")
            raise Refusal(*NOT_FOUND)
        if not call.route.startswith(WITHOUT_TOKEN) and call.authorization != f"Bot {self.token}":
            raise Refusal(*UNAUTHORIZED)
        if self.limits is not None and (wait := self.limits.wait(call)):
            raise _TooMany(wait)
        mistakes = self.spec.mistakes(call) if self.spec else []
        if mistakes:
            raise Mistake("; ".join(mistakes))
        return handler

    def _refuse(self, call: Call, refusal: Refusal) -> web.Response:
        if isinstance(refusal, Mistake):
            self.problem(call, f"{refusal.message}: {refusal.why}")
        call.status, call.answer = refusal.status, refusal.answer()
        self.signal.fire()
        return answer(refusal.status, call.answer, limits.headers(call, self.limits, self.wall()))


class _TooMany(Exception):
    def __init__(self, wait: limits.Wait) -> None:
        super().__init__(wait)
        self.wait = wait
