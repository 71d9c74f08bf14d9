"""HTTP to the Bot API with aiohttp, which sends several times as many messages a second as the library's own client."""

import asyncio
import json
from collections.abc import Container
from http import HTTPStatus

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.adapters.telegram.limits import Limits

READ_TIMEOUT = 20.0
"""Seconds for an answer; a long poll names its own."""
CONNECT_TIMEOUT = 10.0


class NotSent(NetworkError):
    """No connection was made, so nothing was sent."""


class Transport(BaseRequest):
    """One pool of connections. `initialize` makes it, `shutdown` lets it go. Calls of the Bot API wait for their turn
    in `limits`."""

    def __init__(self, connections: int = 256, limits: Limits | None = None) -> None:
        self._connections = connections
        self._limits = limits
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for an answer where the caller names none."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True)

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """The answer's status and body. Raises `TimedOut`, `NotSent` or `NetworkError`, none with the address in it."""
        seconds = READ_TIMEOUT if isinstance(read_timeout, DefaultValue) or read_timeout is None else read_timeout
        if self._limits is None or method != "POST":  # a file is fetched from elsewhere
            return await self._exchange(url, method, request_data, seconds)
        call, parameters = url.rpartition("/")[2], request_data.parameters if request_data else {}
        async with self._limits.turn(call, parameters):
            status, answer = await self._exchange(url, method, request_data, seconds)
            if status == HTTPStatus.TOO_MANY_REQUESTS:
                self._limits.refused(call, parameters, answer)
            return status, answer

    async def _exchange(self, url: str, method: str, data: RequestData | None, seconds: float) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("not connected")
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=seconds)
        try:
            async with self._session.request(method, url, data=_body(data), timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"no connection: {type(error).__name__}") from None
        except (TimeoutError, asyncio.TimeoutError):  # noqa: UP041 - aiohttp raises both kinds
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the connection broke: {type(error).__name__}") from None


class UpdatesTransport(Transport):
    """The connection that asks for updates. It leaves out those `in_hand`: while one of them holds the offset back,
    Telegram brings all behind it with each answer, and reading them costs more than everything else about them."""

    def __init__(self, in_hand: Container[int]) -> None:
        super().__init__(connections=2)
        self._in_hand = in_hand

    async def _exchange(self, url: str, method: str, data: RequestData | None, seconds: float) -> tuple[int, bytes]:
        status, answer = await super()._exchange(url, method, data, seconds)
        return status, self._without_known(answer) if status == HTTPStatus.OK else answer

    def _without_known(self, answer: bytes) -> bytes:
        try:
            body = json.loads(answer)
            updates = body["result"]
            new = [update for update in updates if update["update_id"] not in self._in_hand]
        except (ValueError, KeyError, TypeError):
            return answer  # the library says what is wrong with it
        return answer if len(new) == len(updates) else json.dumps(body | {"result": new}).encode()


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
