"""What comes in, from any platform, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.core.group import Place
from bot.core.learner import Account
from bot.core.token import TOKEN_LIMIT, read_token, write_token
from bot.dialogue.plain import plain, visible

__all__ = ["FILE_COMMANDS", "FILE_LIMIT", "TOKEN_LIMIT", "File", "Request", "read_token", "read_typed", "write_token"]

_SLASHES = ("/", "／", "⁄", "∕", "⧸")
"""Keyboards of other scripts have a slash of their own."""


FILE_LIMIT = 1024 * 1024
"""Bytes of a file that are fetched; a roadmap has no more (docs/roadmap-format.md)."""
FILE_COMMANDS: Mapping[str, str] = MappingProxyType(
    {".yaml": "upload", ".yml": "upload", ".csv": "import", ".tsv": "import"}
)
"""What a file means that comes without a command, by the end of its name."""


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
    to_bot: bool = False
    """Plain words in a place that answer a message of the bot's; other words there are people talking to each other."""

    spoken: bool = False
    """Whether the command was named in plain words, which may as well tell of something."""

    @property
    def account(self) -> Account:
        """Who asks. Raises `LookupError` where nobody does."""
        if self.sender is None:
            raise LookupError(f"nobody asks /{self.command}")
        return self.sender


def read_typed(words: str) -> tuple[str, str]:
    """What somebody typed as (command, rest); plain words have no command. Any slash will do, and a space behind it."""
    text = words.strip()
    while text and not visible(text[0]).strip():
        text = text[1:]  # such as a sign of direction before the slash
    if not text.startswith(_SLASHES):
        return "", text
    name, *rest = text[1:].split(maxsplit=1) or [""]
    return plain(visible(name).partition("@")[0]).rstrip(".,;:!"), " ".join(rest).strip()
