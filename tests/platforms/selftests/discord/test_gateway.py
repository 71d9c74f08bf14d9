"""The gateway as bare sockets see it."""

import json
import zlib

import discord
import pytest
import yarl

from tests.platforms.discord import (
    TOKEN,
    DiscordServer,
)
from tests.platforms.selftests.discord.talking import STRANGER, alone, closed, gateway

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_the_gateway_speaks_plain_json() -> None:
    async def work(server: DiscordServer) -> None:
        server.guild("cafe")
        async with gateway(server) as ws:
            hello = await ws.receive_json()
            assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
            await ws.send_json({"op": 1, "d": None})
            assert (await ws.receive_json())["op"] == 11
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1}})
            ready, guild = await ws.receive_json(), await ws.receive_json()
            assert (ready["t"], ready["s"], guild["t"], guild["s"]) == ("READY", 1, "GUILD_CREATE", 2)
            assert ready["d"]["resume_gateway_url"] == server.gateway_url
            assert [guild["unavailable"] for guild in ready["d"]["guilds"]] == [True]
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1}})
            assert await closed(ws) == 4005

    alone(work)


def test_the_gateway_compresses_one_stream() -> None:
    async def work(server: DiscordServer) -> None:
        async with gateway(server, "v=10&encoding=json&compress=zlib-stream") as ws:
            stream = zlib.decompressobj()
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 0}})
            codes = []
            for _ in range(2):
                data = await ws.receive_bytes()
                assert data.endswith(b"\x00\x00\xff\xff")
                codes.append(json.loads(stream.decompress(data))["op"])
            assert codes == [10, 0]

    alone(work)


@pytest.mark.parametrize(("code", "sessions"), [(1000, 0), (1001, 0), (4000, 1)])
def test_a_bot_that_closes_for_good_ends_its_session(code: int, sessions: int) -> None:
    async def work(server: DiscordServer) -> None:
        async with gateway(server) as ws:
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 0}})
            await server.until(lambda: server.online)
            await ws.close(code=code)
        await server.until(lambda: not server.gateway.connections)
        assert len(server.gateway.sessions) == sessions

    alone(work)


@pytest.mark.parametrize(
    ("query", "sent", "code"),
    [
        ("v=10&encoding=json", '{"op": 77, "d": null}', 4001),
        ("v=10&encoding=json", "no json", 4002),
        ("v=10&encoding=json", '{"op": 3, "d": {}}', 4003),
        ("v=9&encoding=json", '{"op": 1, "d": null}', 4012),
        ("v=10&encoding=json", json.dumps({"op": 2, "d": {"token": TOKEN, "intents": 1 << 15}}), 4014),
        ("v=10&encoding=json", json.dumps({"op": 6, "d": {"token": STRANGER, "session_id": "x", "seq": 1}}), 4004),
    ],
)
def test_the_gateway_closes_on_whoever_does_not_know_how_to_talk(query: str, sent: str, code: int) -> None:
    async def work(server: DiscordServer) -> None:
        async with gateway(server, query) as ws:
            await ws.send_str(sent)
            assert await closed(ws) == code
        assert bool(server.problems) == (code not in {4003, 4004})

    alone(work)


def test_the_library_is_sent_away_for_a_privileged_intent() -> None:
    async def work(server: DiscordServer) -> None:
        discord.http.Route.BASE = server.api_url
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
        client = discord.Client(intents=discord.Intents(guilds=True, message_content=True))
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(TOKEN)
        await client.close()
        assert server.problems == ["gateway: privileged intents: MESSAGE_CONTENT"]

    alone(work)
