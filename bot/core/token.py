"""A saved request as text: what a button and a one-off message carry."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode

TOKEN_LIMIT = 64
"""Bytes of a button's token: Telegram's limit for callback data, the tightest of all platforms."""
_VERSION = "1."


def write_token(command: str, args: Mapping[str, str]) -> str:
    """A request as a token that works after a restart; the caller sees to its length."""
    return f"{_VERSION}{command}?{_query(tuple(args.items()))}" if args else f"{_VERSION}{command}"


@lru_cache(maxsize=4096)
def _query(args: tuple[tuple[str, str], ...]) -> str:
    return urlencode(args, quote_via=quote, safe=":/,")


def read_token(token: str) -> tuple[str, dict[str, str]] | None:
    """What `write_token` wrote; None for a token of another version or no token at all."""
    if not token.startswith(_VERSION):
        return None
    command, _, query = token.removeprefix(_VERSION).partition("?")
    return command, dict(parse_qsl(query, keep_blank_values=True))
