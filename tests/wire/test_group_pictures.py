"""A group's week comes on Monday with its picture, on either platform."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from bot.adapters.discord.platform import Discord
from bot.adapters.telegram.platform import Telegram
from bot.adapters.terminal.player import ScriptClock
from bot.adapters.terminal.script import Move, parse
from bot.app import wire
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.platforms import discord, telegram
from tests.platforms.signals import PATIENCE
from tests.platforms.stages import OnDiscord, OnTelegram, Stage

Told = Sequence[tuple[str, list[bytes]]]
"""The texts that a group was told, with their pictures."""
PNG = b"\x89PNG\r\n\x1a\n"
SCRIPT = """
ada: /start 8
ada: [UTC]
ada@cafe: /group create
ada@cafe: /group join by my name
ada: /log 8h
+7d 2h
"""


async def play(stage: Stage) -> None:
    for step in parse(SCRIPT):
        await (stage.move(step) if isinstance(step, Move) else stage.speak(step))


async def on_telegram(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Told:
    clock, senders = ScriptClock(MONDAY), dict[str, Telegram]()
    application = wire(sqlite, senders, roadmaps=roadmaps, clock=clock)
    async with telegram.TelegramServer(spec=telegram.spec_or_none()) as server:
        bot = senders["telegram"] = Telegram(application.dispatcher, server.token, api_url=server.url, clock=clock)
        serving = asyncio.create_task(bot.serve())
        await server.until(lambda: bool(server.called("getUpdates")))
        stage = OnTelegram(application, clock, server, bot)
        try:
            await play(stage)
        finally:
            await bot.stop()
            await asyncio.wait([serving], timeout=PATIENCE)
        assert server.problems == []
        sent = stage.groups["cafe"].visible
        return [(each.text, [each.photo.content] if each.photo else []) for each in sent]


async def on_discord(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Told:
    clock, senders = ScriptClock(MONDAY), dict[str, Discord]()
    application = wire(sqlite, senders, roadmaps=roadmaps, clock=clock)
    async with discord.DiscordServer(spec=discord.spec_or_none()) as server:
        bot = senders["discord"] = Discord(
            application.dispatcher, server.token, clock=clock, api_url=server.api_url, gateway_url=server.gateway_url
        )
        serving = asyncio.create_task(bot.serve())
        await server.comes_online()
        await server.until(lambda: bot.ready)
        stage = OnDiscord(application, clock, server, bot)
        try:
            await play(stage)
        finally:
            await bot.stop()
            await asyncio.wait([serving], timeout=PATIENCE)
        assert server.problems == []
        (guild,) = server.guilds.values()
        return [(each.plain, [file.content for file in each.files]) for each in guild.channel("cafe").visible]


@pytest.mark.parametrize("platform", [on_telegram, on_discord])
def test_on_monday_a_groups_week_comes_with_its_picture(
    platform: Callable[[SqlDatabase, dict[str, Roadmap]], Coroutine[Any, Any, Told]],
    sqlite: SqlDatabase,
    roadmaps: dict[str, Roadmap],
) -> None:
    messages = asyncio.run(platform(sqlite, roadmaps))
    ((words, pictures),) = [(words, pictures) for words, pictures in messages if "together" in words]
    assert "Last week you studied 8 h together." in words
    assert "Met their week: " in words
    (picture,) = pictures
    assert picture.startswith(PNG)
    # Of what else the group was told nothing has one; its board stands there and is edited.
    assert sum(bool(pictures) for _, pictures in messages) == 1
