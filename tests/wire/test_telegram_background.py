"""Calls that nobody's answer waits for fail in every way: people are served, and the bot stops in time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.adapters.telegram.background import FIRST_PAUSE, LONGEST_PAUSE, Background, settled
from bot.adapters.telegram.platform import Webhook
from bot.app import wire
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.signals import PATIENCE
from tests.platforms.telegram import TelegramServer, spec_or_none
from tests.wire.telegram_town import Town

OPTIONAL = (
    "getMyCommands",
    "setMyCommands",
    "getMyDescription",
    "setMyDescription",
    "getMyShortDescription",
    "setMyShortDescription",
    "getWebhookInfo",
    "deleteWebhook",
    "answerCallbackQuery",
)
FAILURES: dict[str, dict[str, Any]] = {
    "429 for an hour": {"kind": "too_many", "retry_after": 3600},
    "400": {"kind": "refused", "refusal": (400, "Bad Request: BOT_COMMAND_INVALID")},
    "403": {"kind": "refused", "refusal": (403, "Forbidden: not for you")},
    "404": {"kind": "refused", "refusal": (404, "Not Found")},
    "500": {"kind": "error"},
    "502": {"kind": "bad_gateway"},
    "never": {"kind": "hang"},
    "cut": {"kind": "cut_before"},
    "no JSON": {"kind": "garbage"},
}


@pytest.mark.parametrize("failure", FAILURES)
def test_people_are_served_whatever_becomes_of_optional_calls(
    failure: str, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story() -> None:
        async with TelegramServer(spec=spec_or_none()) as server:
            for method in OPTIONAL:
                server.fault(method=method, times=None, **FAILURES[failure])
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            await here.opens()
            ada = server.person("ada")
            await here.enrol(ada)
            await ada.says("/log 1h30")
            await server.hears(ada, "Logged 1 h 30 min")
            await asyncio.wait_for(here.closes(), PATIENCE)

    asyncio.run(story())


@pytest.mark.parametrize("failure", FAILURES)
def test_a_webhook_that_cannot_be_set_again_goes_on_bringing(
    failure: str, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], unused_port: int
) -> None:
    webhook = Webhook(f"http://127.0.0.1:{unused_port}/hook", "s3cret_s3cret_s3cret", "127.0.0.1", unused_port)

    async def story() -> None:
        async with TelegramServer(spec=spec_or_none()) as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            await here.opens(webhook)
            await server.until(lambda: server.worker)
            await here.closes()
            server.fault(method="setWebhook", times=None, **FAILURES[failure])
            await here.opens(webhook)
            await here.enrol(server.person("ada"))
            await asyncio.wait_for(here.closes(), PATIENCE)

    asyncio.run(story())


def test_a_webhook_that_was_left_is_taken_off_by_who_asks_for_news(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], unused_port: int
) -> None:
    webhook = Webhook(f"http://127.0.0.1:{unused_port}/hook", "s3cret_s3cret_s3cret", "127.0.0.1", unused_port)

    async def story() -> None:
        async with TelegramServer(spec=spec_or_none()) as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            await here.opens(webhook)
            await server.until(lambda: server.worker)
            await here.closes()
            ada = server.person("ada")
            waiting = await ada.starts()
            await here.opens()
            await server.handled(waiting)
            await server.hears(ada, "How many hours a week")
            await here.closes()

    asyncio.run(story())


def test_menus_that_were_held_back_for_an_hour_are_set_after_it() -> None:
    waited: list[float] = []
    answers: list[TelegramError | None] = [RetryAfter(3600), NetworkError("x"), TimedOut(), None]

    async def call() -> None:
        if (error := answers.pop(0)) is not None:
            raise error

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    assert asyncio.run(settled("menus", call, sleep))
    assert waited == [3600, FIRST_PAUSE, FIRST_PAUSE * 2]


def test_a_server_that_is_down_is_asked_less_and_less_often() -> None:
    waited: list[float] = []

    async def call() -> None:
        if len(waited) < 20:
            raise NetworkError("down")

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    assert asyncio.run(settled("menus", call, sleep))
    assert waited == sorted(waited)
    assert waited[-1] == LONGEST_PAUSE


@pytest.mark.parametrize("refusal", [InvalidToken("404"), BadRequest("no"), TelegramError("odd")])
def test_what_is_refused_is_given_up_with_one_line(refusal: TelegramError, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    calls = 0

    async def call() -> None:
        nonlocal calls
        calls += 1
        raise refusal

    assert not asyncio.run(settled("menus", call))
    assert calls == 1
    assert len([record for record in caplog.records if "given up" in record.message]) == 1


def test_short_calls_are_bounded_and_one_that_hangs_ends_with_the_stop() -> None:
    async def story() -> int:
        beside, made = Background(), 0
        never = asyncio.Event()

        async def hang() -> None:
            nonlocal made
            made += 1
            await never.wait()

        work: Callable[[], Awaitable[object]] = hang
        for _ in range(5000):
            beside.call(work)
        await asyncio.sleep(0)
        assert beside.busy <= 1000
        await beside.drain(0.01)
        await asyncio.sleep(0.01)
        assert beside.busy == 0
        return made

    assert asyncio.run(story()) <= 64
