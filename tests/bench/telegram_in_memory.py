"""A Telegram without sockets: requests of python-telegram-bot are answered in memory, for any bot the same way."""

import asyncio
import json
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

TOKEN = "123456:BENCH"
ME = {"id": 123456, "is_bot": True, "first_name": "buddy", "username": "buddybot"}


class InMemoryTelegram:
    """People who each say something, and the next thing when it is answered.

    `said` gives the words for a person's first, second … saying; every answer must contain `expected`, so that nobody
    measures how fast a bot says that it is sorry.
    """

    def __init__(self, people: Sequence[int], typed: Callable[[int], str], expected: str) -> None:
        self._people = people
        self._typed = typed
        self._expected = expected
        self._updates: deque[tuple[int, dict[str, Any]]] = deque()
        self._news = asyncio.Event()
        self._number = 0
        self._sayings: Counter[int] = Counter()
        self._to_come = self._to_answer = 0
        self._done = asyncio.Event()
        self._wrong = ""

    async def talk(self, count: int) -> None:
        """Return when so many sayings are answered. Raises `AssertionError` for an answer that is not expected."""
        self._to_come = self._to_answer = count
        self._done.clear()
        for chat in self._people:
            self._say(chat)
        await self._done.wait()
        assert not self._wrong, self._wrong

    def _say(self, chat: int) -> None:
        if self._to_come <= 0:
            return
        self._to_come -= 1
        self._number += 1
        self._sayings[chat] += 1
        words = self._typed(self._sayings[chat])
        command = {"type": "bot_command", "offset": 0, "length": len(words.split()[0])}
        message = {
            "message_id": self._number,
            "date": 1767600000,
            "chat": {"id": chat, "type": "private", "first_name": "Ada"},
            "from": {"id": chat, "is_bot": False, "first_name": "Ada", "language_code": "en"},
            "text": words,
            "entities": [command],
        }
        self._updates.append((self._number, {"update_id": self._number, "message": message}))
        self._news.set()

    async def answer(self, method: str, given: Mapping[str, str]) -> object:
        """What Telegram answers to a method."""
        if method == "getUpdates":
            return await self._get_updates(int(given.get("offset") or 0), float(given.get("timeout") or 0))
        if method == "getMe":
            return ME
        if method == "sendMessage":
            return self._answered(int(given["chat_id"]), given["text"])
        if method == "getMyCommands":
            return []
        return {"short_description": "", "description": ""} if method.startswith("getMy") else True

    def _answered(self, chat: int, text: str) -> dict[str, Any]:
        if self._expected not in text:
            self._wrong = text
        self._to_answer -= 1
        if self._to_answer and not self._wrong:
            self._say(chat)
        else:
            self._done.set()
        return {
            "message_id": 1_000_000 + self._number,
            "date": 1767600000,
            "chat": {"id": chat, "type": "private", "first_name": "Ada"},
            "from": ME,
            "text": text,
        }

    async def _get_updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if not self._updates and seconds:
            self._news.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._news.wait()
            except TimeoutError:
                return []
        return [update for _, update in list(self._updates)[:100]]


class InMemorySession:
    """What our own transport is given in place of aiohttp's session."""

    def __init__(self, telegram: InMemoryTelegram) -> None:
        self._telegram = telegram

    @asynccontextmanager
    async def request(self, _: str, url: str, *, data: Any = None, timeout: object = None) -> AsyncIterator[Any]:  # noqa: ASYNC109
        """Telegram's answer to a call."""
        status, body = await answered(self._telegram, url, data or {})

        async def read() -> bytes:
            return body

        yield SimpleNamespace(status=status, read=read)

    async def close(self) -> None:
        """Nothing is open."""


class InMemoryRequest(BaseRequest):
    """The transport that python-telegram-bot is given in place of HTTP."""

    def __init__(self, telegram: InMemoryTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float:
        """Seconds for an answer where the caller names none."""
        return 20.0

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of Telegram's answer."""
        return await answered(self._telegram, url, request_data.json_parameters if request_data else {})


async def answered(telegram: InMemoryTelegram, url: str, given: Mapping[str, str]) -> tuple[int, bytes]:
    """The status and body of the answer to a call."""
    result = await telegram.answer(url.rpartition("/")[2], given)
    return 200, json.dumps({"ok": True, "result": result}).encode()
