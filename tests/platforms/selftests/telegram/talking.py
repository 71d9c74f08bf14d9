"""The real library, and bare requests, to talk to the local Telegram with."""

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.request import HTTPXRequest

from tests.platforms.telegram import (
    TOKEN,
    TelegramServer,
    spec_or_none,
)

Talk = Callable[[TelegramServer, Bot], Awaitable[None]]

STRANGER = "123456:OTHER"

SECRET = "geheim_1"

POLL = 0.03
"""Seconds that a socket is given where only the passing of time can tell."""


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def library(server: TelegramServer, token: str = TOKEN, patience: float = 5) -> AsyncIterator[Bot]:
    """The library's own Bot, talking to the server."""
    requests = [
        HTTPXRequest(
            read_timeout=patience, connect_timeout=patience, httpx_kwargs={"trust_env": False, "verify": False}
        )
        for _ in range(2)
    ]
    bot = Bot(token, base_url=f"{server.url}/bot", request=requests[0], get_updates_request=requests[1])
    for request in requests:
        await request.initialize()
    try:
        yield bot
    finally:
        for request in requests:
            await request.shutdown()


def talk(work: Talk, problems: bool = False, patience: float = 5, **options: Any) -> None:
    """Run a talk between the library and a server; it must cause no problems, unless it is about them."""

    async def run() -> None:
        options.setdefault("spec", spec_or_none())
        async with TelegramServer(**options) as server, library(server, patience=patience) as bot:
            await work(server, bot)
            assert bool(server.problems) == problems, server.problems

    asyncio.run(run())


async def raw(server: TelegramServer, method: str, token: str = TOKEN, **request: Any) -> tuple[int, Any]:
    """What a bare POST is answered."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{token}/{method}", **request) as response,
    ):
        return response.status, await response.json()


def picture(width: int = 2, height: int = 2) -> bytes:
    """A PNG as far as anybody looks."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def keys(*labels: str) -> InlineKeyboardMarkup:
    """A row of buttons that carry their own names."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower()) for label in labels]])
