"""The server itself: a local Telegram on a socket of this machine."""

import inspect
import re
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from . import bodies
from .bodies import Call
from .chats import Chat
from .faults import Fault, Trouble
from .limits import Limits
from .methods import METHODS
from .people import Person
from .refusals import Mistake, Refusal
from .spec import Spec
from .watching import Watched

TOKEN = "123456:TEST-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
LARGEST_BODY = 60_000_000
UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")


class TelegramServer(Watched):
    """A Telegram of one bot on a loopback address, from `async with` on.

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
    ) -> None:
        """`clock` measures limits, expiry and calls; `wall` dates messages. Without a spec, calls are checked less."""
        super().__init__(token, username, clock, wall)
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
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        application.router.add_get("/file/bot{token}/documents/{id}", self._file)
        # A client that goes away ends its long poll with it, so that nothing is handed to the dead.
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
        if self.worker is not None:
            await self.worker.stop()
        await self.down()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._port}"

    def fault(
        self,
        kind: Trouble,
        method: str | None = None,
        *,
        times: int | None = 1,
        chat: Chat | Person | None = None,
        retry_after: int = 1,
        seconds: float = 0.0,
        refusal: tuple[int, str] = (400, "Bad Request"),
    ) -> Fault:
        """Trouble for the next calls; the first that fits is played. See Trouble for the kinds."""
        fault = Fault(kind, method, times, chat.id if chat else None, retry_after, seconds, refusal)
        self.faults.append(fault)
        return fault

    async def down(self) -> None:
        """Stop listening and cut every connection, long polls included."""
        assert self._runner is not None
        assert self._runner.server is not None
        if self._site is not None:
            await self._site.stop()
            self._site = None
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

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file's bytes; trouble for it goes by the name "download"."""
        call = Call("download", dict(request.match_info), {}, self.clock())
        self.calls.append(call)
        file = self.files.get(request.match_info["id"]) if request.match_info["token"] == self.token else None

        async def work() -> web.Response:
            call.done = True
            if file is None:
                return self._json(NOT_FOUND)
            return web.Response(body=file.content, content_type="application/octet-stream")

        fault = next((fault for fault in self.faults if fault.hits(call)), None)
        response = await fault.play(call, work) if fault else await work()
        self.signal.fire()
        if response is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        call.status = response.status
        return response

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        if token != self.token:
            return self._json(UNAUTHORIZED if re.fullmatch(r"[0-9]+:[\w-]+", token) else NOT_FOUND)
        call = Call(method, {}, {}, self.clock())
        self.calls.append(call)
        try:
            call.params, call.files = await bodies.read(request)
        except Mistake as mistake:
            return self._refuse(call, mistake)
        fault = next((fault for fault in self.faults if fault.hits(call)), None)
        try:
            if fault is None:
                return await self._work(call)
            response = await fault.play(call, lambda: self._work(call))
        finally:
            self.signal.fire()
        if response is None:
            call.status = call.answer = None
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        call.status = response.status
        return response

    async def _work(self, call: Call) -> web.Response:
        """Do what the call asks and write its answer down."""
        try:
            self._check(call)
            result = METHODS[call.method](self, call)
            if inspect.isawaitable(result):
                result = await result
        except Refusal as refusal:
            return self._refuse(call, refusal)
        except Exception as error:
            self.problems.append(f"{call.method}: this server failed: {error!r}")
            raise
        call.done, call.status, call.answer = True, 200, {"ok": True, "result": result}
        self.signal.fire()
        return web.json_response(call.answer)

    def _check(self, call: Call) -> None:
        """Raise Refusal for a call that is over the limits, Mistake for one that is wrong by itself."""
        if self.limits is not None and (wait := self.limits.wait(call)):
            self.refused.append(call)
            raise Refusal(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
        known = self.spec.knows(call.method) if self.spec else call.method in METHODS
        if not known:
            self.problems.append(f"{call.method}: there is no such method")
            raise NOT_FOUND
        mistakes = self.spec.mistakes(call) if self.spec else []
        if mistakes:
            raise Mistake("; ".join(mistakes))
        if call.method not in METHODS:
            raise Mistake("this server does not play that method")

    def _refuse(self, call: Call, refusal: Refusal) -> web.Response:
        if isinstance(refusal, Mistake):
            self.problems.append(f"{call.method}: {refusal.description}{f' ({refusal.why})' if refusal.why else ''}")
        call.status, call.answer = refusal.code, refusal.answer()
        self.signal.fire()
        return self._json(refusal)

    @staticmethod
    def _json(refusal: Refusal) -> web.Response:
        return web.json_response(refusal.answer(), status=refusal.code)
