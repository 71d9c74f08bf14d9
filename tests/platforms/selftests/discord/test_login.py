"""Logging in, with a right and a wrong token."""

import asyncio

import discord
import pytest

from tests.platforms.discord import (
    DiscordServer,
    spec_or_none,
)
from tests.platforms.selftests.discord.talking import (
    APPLICATION,
    STRANGER,
    alone,
    closed,
    gateway,
    library,
    raw,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_the_library_logs_in_sees_its_servers_and_registers_commands() -> None:
    async def run() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            cafe = server.guild("cafe", locale="de")
            general = cafe.channel("general")
            server.guild("elsewhere", bot=False)
            async with library(server) as bot:
                await server.until(lambda: bot.get_guild(cafe.id) is not None and bot.is_ready())
                assert bot.user is not None
                assert (bot.user.id, bot.user.name, bot.application_id) == (APPLICATION, "buddybot", APPLICATION)
                assert [guild.name for guild in bot.guilds] == ["cafe"]
                assert bot.get_channel(general.id) is not None
                assert bot.get_guild(cafe.id).me is not None  # type: ignore[union-attr]
                assert server.intents == discord.Intents(guilds=True).value
                assert sorted(command["name"] for command in server.commands.values()) == ["ask", "later", "log"]
                assert (server.connected, server.online, server.problems) == (1, True, [])
                assert all(call.headers["User-Agent"].startswith("DiscordBot") for call in server.calls)
            await server.until(lambda: not server.online)

    asyncio.run(run())


def test_a_wrong_token_is_refused_by_both() -> None:
    async def work(server: DiscordServer) -> None:
        assert await raw(server, "GET", "/users/@me", headers={"Authorization": f"Bot {STRANGER}"}) == (
            401,
            {"message": "401: Unauthorized", "code": 0},
        )
        discord.http.Route.BASE = server.api_url
        client = discord.Client(intents=discord.Intents.none())
        with pytest.raises(discord.LoginFailure):
            await client.start(STRANGER)
        await client.close()
        async with gateway(server) as ws:
            await ws.send_json({"op": 2, "d": {"token": STRANGER, "intents": 1}})
            assert await closed(ws) == 4004
        assert server.connected == 0
        assert [call.status for call in server.invalid_requests] == [401, 401]

    alone(work)
