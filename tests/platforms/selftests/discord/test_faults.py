"""Errors, broken connections and limits, and what the library makes of them."""

import asyncio
import json
from typing import Any

import aiohttp
import discord
import pytest

from tests.platforms.discord import (
    DiscordServer,
    Limits,
    Window,
)
from tests.platforms.selftests.discord.talking import (
    APPLICATION,
    POLL,
    REAL_SLEEP,
    SEND,
    Bot,
    Clock,
    alone,
    asks,
    raw,
    says,
    talk,
    v2,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


@pytest.mark.parametrize(("kind", "times"), [("error", 3), ("bad_gateway", 3), ("too_many", 2)])
def test_the_library_tries_again(kind: Any, times: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        fault = server.fault(kind, r"POST /channels/\d+/messages", times=times)
        await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert (len(fault.met), len(server.called(SEND)), len(ada.messages)) == (times, times + 1, 1)
        on_answer = server.fault(kind, "/callback$", times=times)
        await server.answered(await ada.slash("log", {"spent": "1h"}))
        assert len(on_answer.met) == times

    talk(work)


def test_the_library_gives_up_on_a_server_that_stays_broken() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        server.fault("error", "/messages", times=None)
        with pytest.raises(discord.DiscordServerError):
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert (len(server.called(SEND)), ada.messages) == (5, [])

    talk(work)


def test_a_forbidden_is_told_with_its_code() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        server.fault("forbidden", "/messages", code=50007)
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert refused.value.code == 50007
        assert [call.status for call in server.invalid_requests] == [403]

    talk(work)


@pytest.mark.parametrize(("kind", "arrives"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_leaves_it_open_whether_the_message_arrived(kind: Any, arrives: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        server.fault(kind, "/messages")
        with pytest.raises((OSError, aiohttp.ClientError)):
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"), nonce="one")
        assert len(ada.messages) == arrives
        await bot.get_partial_messageable(ada.dm.id).send(view=says("x"), nonce="one")
        assert len(ada.messages) == 1

    talk(work)


@pytest.mark.parametrize(("kind", "arrives"), [("hang", 0), ("lost", 1)])
def test_an_answer_that_never_comes(kind: Any, arrives: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        fault = server.fault(kind, "/messages")
        sending = asyncio.create_task(bot.get_partial_messageable(ada.dm.id).send(view=says("x")))
        await server.until(lambda: fault.met and len(ada.messages) == arrives)
        done, _ = await asyncio.wait([sending], timeout=POLL)
        assert not done
        fault.release()
        with pytest.raises((OSError, aiohttp.ClientError)):
            await sending

    talk(work)


def test_slow_and_garbled_answers() -> None:
    async def work(server: DiscordServer) -> None:
        server.fault("slow", "/users", seconds=POLL)
        begin = asyncio.get_running_loop().time()
        assert (await raw(server, "GET", "/users/@me"))[0] == 200
        assert asyncio.get_running_loop().time() - begin >= POLL * 0.9
        server.fault("garbage", "GET /users")
        with pytest.raises(json.JSONDecodeError):
            await raw(server, "GET", "/users/@me")

    alone(work)


def test_a_429_looks_like_the_real_one() -> None:
    async def work(server: DiscordServer) -> None:
        server.fault("too_many", retry_after=1.5, everywhere=True)
        async with aiohttp.ClientSession() as session, session.get(f"{server.api_url}/users/@me") as response:
            assert (response.status, await response.json()) == (
                429,
                {"message": "You are being rate limited.", "retry_after": 1.5, "global": True},
            )
            assert response.headers["Via"]
            assert response.headers["X-RateLimit-Scope"] == "global"

    alone(work)


def test_limits_refuse_what_is_too_fast() -> None:
    clock = Clock()

    async def work(server: DiscordServer) -> None:
        server.limits = Limits()
        ada, bob = (server.person(name, interacted=True) for name in ("ada", "bob"))

        async def send(person: Any) -> int:
            return (await raw(server, "POST", f"/channels/{person.dm.id}/messages", json=v2("x")))[0]

        assert [await send(ada) for _ in range(6)] == [200] * 5 + [429]
        assert await send(bob) == 200
        assert (len(server.refused), len(ada.messages)) == (1, 5)
        clock.now += 5.1
        assert await send(ada) == 200
        server.limits = Limits(overall=Window(2, 1), per_channel=None)
        assert [await send(ada) for _ in range(3)] == [200, 200, 429]
        asked = await register(server)
        callback = f"/interactions/{asked.id}/{asked.token}/callback"
        assert (await raw(server, "POST", callback, json={"type": 4, "data": v2("x")}))[0] == 204
        clock.now += 1.1
        followup = f"/webhooks/{APPLICATION}/{asked.token}"
        assert [(await raw(server, "POST", followup, json=v2("x")))[0] for _ in range(3)] == [200] * 3
        assert [await send(ada) for _ in range(3)] == [200, 200, 429], "answers use nothing up"

    async def register(server: DiscordServer) -> Any:
        limits, server.limits = server.limits, None
        asked = await asks(server)
        server.limits = limits
        return asked

    alone(work, clock=clock)


def test_the_library_keeps_to_the_limits_it_is_told() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.limits = Limits(per_channel=Window(2, 0.1))
        ada = server.person("ada", interacted=True)
        place = bot.get_partial_messageable(ada.dm.id)
        for number in range(5):
            await place.send(view=says(str(number)))
            await REAL_SLEEP(0.06)
        assert [message.text for message in ada.messages] == ["0", "1", "2", "3", "4"]
        assert server.refused == []

    talk(work)
