"""Limits, errors and outages, and what the library makes of them."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.platforms.selftests.telegram.talking import (
    POLL,
    Clock,
    talk,
)
from tests.platforms.telegram import (
    Limits,
    TelegramServer,
    Window,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_over_a_limit_the_bot_is_told_how_long_to_wait() -> None:
    clock = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        server.limits = Limits(per_chat=Window(3, 3))
        for _ in range(3):
            await bot.send_message(ada.id, "fits")
        clock.now += 0.5
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(ada.id, "too much")
        assert refused.value.retry_after == timedelta(seconds=3)
        assert [call.params["text"] for call in server.refused] == ["too much"]
        await bot.send_message(server.person("bob", started=True).id, "somebody else")
        clock.now += 2.5
        await bot.send_message(ada.id, "fits again")
        assert len(ada.messages) == 4

    talk(work, clock=clock)


def test_groups_and_the_whole_have_limits_of_their_own() -> None:
    clock = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        cafe = server.group("cafe")
        server.limits = Limits()
        for _ in range(20):
            await bot.send_message(cafe.id, "fits")
            clock.now += 2
        with pytest.raises(RetryAfter):
            await bot.send_message(cafe.id, "too much")
        clock.now += 60
        people = [server.person(f"p{number}", started=True) for number in range(31)]
        results = await asyncio.gather(*(bot.send_message(person.id, "x") for person in people), return_exceptions=True)
        assert [isinstance(result, RetryAfter) for result in results].count(True) == 1
        assert len(server.refused) == 2

    talk(work, clock=clock)


@pytest.mark.parametrize(
    ("kind", "error", "sent"),
    [
        ("error", NetworkError, 0),
        ("bad_gateway", NetworkError, 0),
        ("too_many", RetryAfter, 0),
        ("blocked", Forbidden, 0),
        ("refused", BadRequest, 0),
        ("cut_before", NetworkError, 0),
        ("cut_after", NetworkError, 1),
        ("garbage", TelegramError, 0),
        ("hang", TimedOut, 0),
        ("lost", TimedOut, 1),
    ],
)
def test_a_fault_is_met_once_and_then_all_is_well(kind: Any, error: type[Exception], sent: int) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob", started=True)
        fault = server.fault(kind, "sendMessage", chat=ada, retry_after=7)
        await bot.send_message(bob.id, "not for this one")
        with pytest.raises(error):
            await bot.send_message(ada.id, "troubled")
        assert len(ada.messages) == sent
        assert [call.params["text"] for call in fault.met] == ["troubled"]
        assert fault.met[0].done == bool(sent)
        await bot.send_message(ada.id, "well")
        assert ada.messages[-1].text == "well"

    talk(work, patience=0.1)


def test_a_slow_answer_comes_and_a_lasting_fault_ends_when_released() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        server.fault("slow", seconds=POLL)
        began = time.monotonic()
        await bot.send_message(ada.id, "late")
        assert time.monotonic() - began >= POLL
        lasting = server.fault("error", times=None)
        for _ in range(3):
            with pytest.raises(NetworkError, match="Internal Server Error"):
                await bot.get_me()
        lasting.release()
        await bot.get_me()
        hanging = server.fault("hang")
        waiting = asyncio.create_task(bot.get_me())
        await server.until(lambda: hanging.met)
        hanging.release()
        with pytest.raises(NetworkError):
            await waiting

    talk(work)


def test_a_server_that_is_down_refuses_connections_and_comes_back_at_the_same_address() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, url = server.person("ada", started=True), server.url
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: server.called("getUpdates"))
        await server.down()
        with pytest.raises(NetworkError):
            await poll
        with pytest.raises(NetworkError):
            await bot.send_message(ada.id, "x")
        sent = await ada.says("meanwhile")
        await server.up()
        assert server.url == url
        assert [update.update_id for update in await bot.get_updates(timeout=5)] == [sent.id]

    talk(work)
