"""Our bot and its peers on the Telegram in memory, measured the same way."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, contextmanager
from unittest.mock import patch

import aiohttp
from telegram.ext import Application as Library

from bot.adapters.telegram import limits
from bot.adapters.telegram.platform import Telegram
from bot.storage.database import SqlDatabase
from tests.bench import learners
from tests.bench.measuring import Took, Watch
from tests.bench.telegram_in_memory import TOKEN, InMemoryRequest, InMemorySession, InMemoryTelegram
from tests.conftest import MONDAY

AT_ONCE = 16
PEOPLE = range(learners.FIRST, learners.FIRST + AT_ONCE)
Serve = Callable[[InMemoryTelegram], AbstractAsyncContextManager[None]]

TODAY: tuple[Callable[[int], str], str] = (lambda _: "/today", "Today")
LOG: tuple[Callable[[int], str], str] = (lambda number: f"/log {number}m", "Logged")
"""What somebody says the first, second … time, and what the answer contains. No amount comes twice, for that would be
asked about."""


def commands(serve: Serve, typed: Callable[[int], str], expected: str, count: int) -> Took:
    """The time that a bot takes for one command, of so many by people who each wait for their answers."""

    async def play() -> Took:
        telegram = InMemoryTelegram(PEOPLE, typed, expected)
        async with serve(telegram):
            await telegram.talk(2 * AT_ONCE)
            watch = Watch()
            await telegram.talk(count)
            return watch.took().each(count)

    return asyncio.run(play())


@contextmanager
def without_limits() -> Iterator[None]:
    """Let our bot send as fast as it can. Its limiter is at work, only with limits that nobody reaches."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(limits, "_OVERALL", 1_000_000))
        stack.enter_context(patch.object(limits, "_windows", lambda _: ()))
        yield


def ours(database: SqlDatabase) -> Serve:
    """Our bot, as `studybuddy run` serves Telegram by polling. Its own transport is at work, on a session in memory."""

    @asynccontextmanager
    async def serve(telegram: InMemoryTelegram) -> AsyncIterator[None]:
        with without_limits(), patch.object(aiohttp, "ClientSession", lambda **_: InMemorySession(telegram)):
            bot = Telegram(learners.application(database).dispatcher, TOKEN, clock=lambda: MONDAY)
            serving = asyncio.create_task(bot.serve())
            try:
                yield
            finally:
                await bot.stop()
                await serving

    return serve


def library(build: Callable[[str, InMemoryRequest], "Library"]) -> Serve:  # type: ignore[type-arg]
    """A bot that is built and served with python-telegram-bot's own application."""

    @asynccontextmanager
    async def serve(telegram: InMemoryTelegram) -> AsyncIterator[None]:
        application = build(TOKEN, InMemoryRequest(telegram))
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling()
            try:
                yield
            finally:
                await application.updater.stop()
                await application.stop()

    return serve
