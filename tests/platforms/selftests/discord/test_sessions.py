"""Staying connected, coming back, and what becomes of a session meanwhile."""

import asyncio

import aiohttp
import pytest

from tests.platforms.discord import (
    TOKEN,
    DiscordServer,
    spec_or_none,
)
from tests.platforms.selftests.discord.talking import (
    POLL,
    REAL_SLEEP,
    Bot,
    alone,
    gateway,
    library,
    raw,
    talk,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_heartbeats_are_acknowledged() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        await server.until(lambda: server.gateway.heartbeats > 2)
        await server.until(lambda: bot.latency < 1)
        assert server.connected == 1

    talk(work, heartbeat_interval=0.03)


def test_a_cut_connection_is_resumed_and_gets_what_it_missed() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada = cafe.member(server.person("ada"))
        server.gateway.drop()
        assert not server.online
        await ada.slash("log", {"spent": "1h"}, cafe.channel("general"))
        await server.hears(cafe.channel("general"), "1h")
        await server.until(lambda: "resumed" in bot.told)
        assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (1, 1)
        assert len(bot.met) == 1, "what was missed comes once"

    talk(work)


@pytest.mark.parametrize("code", [1000, 4000, 4008])
def test_a_closed_connection_is_resumed(code: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.drop(code)
        await server.until(lambda: len(server.gateway.resumes) == 1 and "resumed" in bot.told)
        await server.person("ada", interacted=True).slash("log", {"spent": "1h"})
        await server.hears(server.person("ada"), "1h")

    talk(work)


def test_discord_can_ask_to_reconnect() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.reconnect()
        await server.until(lambda: "resumed" in bot.told)
        assert (server.connected, len(server.gateway.resumes)) == (2, 1)

    talk(work)


@pytest.mark.parametrize("resumable", [True, False])
def test_an_invalid_session_is_resumed_or_begun_anew(resumable: bool) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.invalidate(resumable)
        await server.until(lambda: server.connected == 2 and server.online)
        assert len(server.gateway.resumes) == int(resumable)
        ada = server.person("ada")
        await ada.slash("log", {"spent": "1h"})
        await server.hears(ada, "1h")
        assert len(bot.met) == 1

    talk(work)


def test_a_session_that_is_gone_cannot_be_resumed() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.sessions.clear()
        server.gateway.drop()
        await server.until(lambda: len(server.gateway.identifies) == 2 and server.online)
        assert server.gateway.resumes == []

    talk(work)


def test_a_silent_gateway_is_left() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.silence()
        assert not server.online
        await server.person("ada").slash("log", {"spent": "1h"})
        await server.until(lambda: server.connected == 2)
        await server.hears(server.person("ada"), "1h")

    talk(work, bot={"heartbeat_timeout": 0.1}, heartbeat_interval=10)


def test_what_happens_while_no_bot_has_a_session_is_lost() -> None:
    async def run() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            ada = server.person("ada", interacted=True)
            async with library(server):
                pass
            await server.until(lambda: not server.online)
            lost = await ada.slash("log", {"spent": "1h"})
            async with library(server) as bot:
                await server.answered(await ada.slash("log", {"spent": "2h"}))
                assert (len(bot.met), lost.acked) == (1, False)

    asyncio.run(run())


def test_down_and_up_again_on_the_same_port() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        before = server.url
        await server.down()
        await REAL_SLEEP(POLL)
        with pytest.raises(aiohttp.ClientConnectorError):
            await raw(server, "GET", "/users/@me")
        await server.up()
        assert server.url == before
        await server.until(lambda: server.online)
        await server.answered(await server.person("ada").slash("log", {"spent": "1h"}))

    talk(work)


def test_shards_get_their_own_servers() -> None:
    async def work(server: DiscordServer) -> None:
        server.shards = 2
        names = [server.guild(name) for name in ("one", "two", "three", "four")]
        ids = {shard: {str(guild.id) for guild in names if (guild.id >> 22) % 2 == shard} for shard in (0, 1)}
        for shard in (0, 1):
            async with gateway(server) as ws:
                await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1, "shard": [shard, 2]}})
                await ws.receive_json()
                ready = await ws.receive_json()
                assert {guild["id"] for guild in ready["d"]["guilds"]} == ids[shard]
        assert (await raw(server, "GET", "/gateway/bot"))[1]["shards"] == 2
        assert (await raw(server, "GET", "/gateway"))[1] == {"url": server.gateway_url}

    alone(work)
