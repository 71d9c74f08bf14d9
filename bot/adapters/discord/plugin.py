"""Discord's declaration: its settings, what `doctor` asks of it, and how it is built."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.shards import Shards
from bot.adapters.plugin import Parts, Plugin
from bot.adapters.setting import BadSetting, address, setting
from bot.ports.processes import OnlyProcess

if TYPE_CHECKING:
    from bot.adapters.checkup import Finding
    from bot.adapters.discord.platform import Discord
    from bot.dialogue.platform_words import PlatformWords


@dataclass(frozen=True)
class DiscordSettings:
    """What a host decides about Discord."""

    token: str | None = setting(
        "DISCORD_TOKEN",
        "The bot's token on Discord, from the developer portal. Not set: no Discord.",
        str,
        None,
        file="/run/secrets/discord_token",
        secret=True,
    )
    api_url: str | None = setting(
        "DISCORD_API_URL",
        "Where Discord's HTTP interface is, for a proxy or a test server: http://HOST:PORT/api/v10. Not set: Discord's "
        "own.",
        address("http"),
        None,
    )
    gateway_url: str | None = setting(
        "DISCORD_GATEWAY_URL",
        "Where Discord's gateway is, for a proxy or a test server: ws://HOST:PORT. Not set: Discord's own.",
        address("ws"),
        None,
    )
    shards: Shards | None = setting(
        "DISCORD_SHARDS",
        "Which shards of the gateway this process connects, and how many there are: 0-3/8 for the first four of eight, "
        "5/8 for one of them, 8 for all eight. On PostgreSQL several processes divide them. Not set: all of as many as "
        "Discord recommends, which is one for about every 1,000 servers.",
        Shards.read,
        None,
        example="0-3/8",
        file="/run/secrets/discord_shards",
    )


def _build(parts: Parts, settings: DiscordSettings) -> "Discord":
    from bot.adapters.discord.platform import Discord

    if settings.shards and not settings.shards.whole and isinstance(parts.processes, OnlyProcess):
        raise BadSetting(
            f"STUDYBUDDY_DISCORD_SHARDS: {settings.shards} leaves shards to other processes, which need PostgreSQL; "
            f"set it to {settings.shards.count}, or leave it out"
        )
    return Discord(
        parts.dispatcher,
        settings.token or "",
        api_url=settings.api_url,
        gateway_url=settings.gateway_url,
        clock=parts.clock,
        flood=parts.flood,
        shards=settings.shards,
        receives=parts.receives,
        delivers=parts.delivers,
        processes=parts.processes,
        pictures=parts.pictures,
    )


def _examine(settings: DiscordSettings, now: datetime) -> "AsyncIterator[Finding]":
    from bot.adapters.discord.checkup import examine

    return examine(settings.token or "", settings.api_url, now, settings.shards)


_INTERACTION = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}")
"""The token of an interaction is in its address, and lets anybody answer it for 15 minutes."""


def _words() -> "PlatformWords":
    from bot.adapters.discord.words import WORDS

    return WORDS


DISCORD = Plugin(
    PLATFORM, "Discord", DiscordSettings, "token", _build, _examine, ("discord",), (_INTERACTION,), words=_words
)
