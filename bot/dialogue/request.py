"""What comes in, from any platform, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.plain import plain, visible

TOKEN_LIMIT = 64
"""Bytes of a button's token: Telegram's limit for callback data, the tightest of all platforms."""
_VERSION = "1."
_SLASHES = ("/", "／", "⁄", "∕", "⧸")
"""Keyboards of other scripts have a slash of their own."""


FILE_LIMIT = 1024 * 1024
"""Bytes of a file that are fetched; a roadmap has no more (docs/roadmap-format.md)."""


@dataclass(frozen=True)
class File:
    """A file somebody sent: its name, how many bytes it has, and those bytes; None where they were not fetched, because
    there are too many or the platform did not hand them over."""

    name: str
    size: int
    content: bytes | None


@dataclass(frozen=True)
class Request:
    """One event of a platform.

    `id` is the event's own id there: a request that comes twice is answered once. `sender` is who asks; None where a
    chat itself tells something, or the schedule writes into one. `place` is the group chat, None in
    private. A typed command and a pressed button become the same thing: `command` with wire words in `args`; what was
    typed freely is in `rest`. `command` is empty for plain words. `occasion` is set for what the schedule asks, `event`
    for what the platform itself tells, such as that the bot was blocked. `organiser`: whether who asks may manage the
    place; None where the platform has not been asked yet. `writable`: whether the bot itself may write in the place,
    unasked, too; None where the platform does not say.
    """

    id: str
    sender: Account | None
    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    place: Place | None = None
    pressed: bool = False
    locale: str | None = None
    zone: str | None = None
    occasion: date | None = None
    event: bool = False
    organiser: bool | None = None
    file: File | None = None
    writable: bool | None = None

    @property
    def account(self) -> Account:
        """Who asks. Raises `LookupError` where nobody does."""
        if self.sender is None:
            raise LookupError(f"nobody asks /{self.command}")
        return self.sender


def read_typed(words: str) -> tuple[str, str]:
    """What somebody typed as (command, rest); plain words have no command. Any slash will do, and a space behind it."""
    said = words.strip()
    while said and not visible(said[0]).strip():
        said = said[1:]  # such as a sign of direction before the slash
    if not said.startswith(_SLASHES):
        return "", said
    name, *rest = said[1:].split(maxsplit=1) or [""]
    return plain(visible(name).partition("@")[0]).rstrip(".,;:!"), " ".join(rest).strip()


def write_token(command: str, args: Mapping[str, str]) -> str:
    """A button's request as a token that works after a restart; the caller sees to its length."""
    return f"{_VERSION}{command}" + ("?" + urlencode(args, quote_via=quote, safe=":/,") if args else "")


def read_token(token: str) -> tuple[str, dict[str, str]] | None:
    """What `write_token` wrote; None for a token of another version or no token at all."""
    if not token.startswith(_VERSION):
        return None
    command, _, query = token.removeprefix(_VERSION).partition("?")
    return command, dict(parse_qsl(query, keep_blank_values=True))
