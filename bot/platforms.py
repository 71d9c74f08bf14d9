"""The platforms that can be served, in the order in which they are named: one line each."""

from typing import Any

from bot.adapters.discord.plugin import DISCORD
from bot.adapters.plugin import Plugin
from bot.adapters.telegram.plugin import TELEGRAM

PLATFORMS: tuple[Plugin[Any], ...] = (
    DISCORD,
    TELEGRAM,
)
