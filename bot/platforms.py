"""The platforms that can be served, in the order in which they are named: one line each."""

from typing import TYPE_CHECKING, Any

from bot.adapters.discord.plugin import DISCORD
from bot.adapters.plugin import Plugin
from bot.adapters.telegram.plugin import TELEGRAM

if TYPE_CHECKING:
    from bot.dialogue.platform_words import PlatformWords

PLATFORMS: tuple[Plugin[Any], ...] = (
    DISCORD,
    TELEGRAM,
)


def words() -> "dict[str, PlatformWords]":
    """What platforms call their rights and chats, by their names; those without words of their own are left out."""
    return {plugin.name: plugin.words() for plugin in PLATFORMS if plugin.words}
