"""Addresses behind buttons: what every platform takes as one, so that no message is refused for its address."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.dialogue.reply import LinkButton

_LONGEST = 512
"""Characters of a button's address on Discord (discord.com/developers, Components)."""


def pressable(url: str) -> bool:
    """Whether an address can stand behind a button: of the web, with a host that has a dot, and not too long.

    Telegram refuses a message whose button leads to a host such as "localhost".
    """
    if len(url) > _LONGEST or any(letter.isspace() or not letter.isprintable() for letter in url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host.strip(".")


def sorted_out(links: Iterable[LinkButton], most: int) -> tuple[list[LinkButton], list[LinkButton]]:
    """Those that can be buttons, at most so many, and those that have to be text; each address once."""
    each_once = list({link.url: link for link in reversed(list(links))}.values())[::-1]
    buttons = [link for link in each_once if pressable(link.url)][:most]
    return buttons, [link for link in each_once if link not in buttons]
