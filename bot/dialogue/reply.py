"""What the bot shows: blocks that every platform can draw, and buttons that are saved requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.dialogue.facts import Facts
from bot.dialogue.text import Text


@dataclass(frozen=True)
class Heading:
    """A title. Level 1 is a page or a great day, 2 a message, 3 a part of one."""

    text: Text
    level: Literal[1, 2, 3] = 2


@dataclass(frozen=True)
class Line:
    """A paragraph."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list of short lines; `numbered` gives them numbers."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Fields:
    """Names with values."""

    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True)
class Bar:
    """How much of a whole, from 0 to 1, with a caption."""

    share: float
    caption: Text


@dataclass(frozen=True)
class Table:
    """Columns with rows; the last columns are numbers where `numeric` says so (from that column on)."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    numeric: int = 99


@dataclass(frozen=True)
class Attachment:
    """A file for the learner."""

    name: str
    media_type: str
    content: str


@dataclass(frozen=True)
class Picture:
    """A picture of facts, which is drawn when it is sent. The words beside it say the same; `alt` says it to who does
    not see it. A reply has one at most."""

    facts: Facts
    alt: Text


Block: TypeAlias = Heading | Line | Bullets | Fields | Bar | Table | Attachment | Picture


@dataclass(frozen=True)
class Button:
    """A saved request: what happens when it is pressed, in wire words. Its right to do so is the command's to check."""

    label: Text
    command: str
    args: Mapping[str, str] = field(default_factory=dict)
    answers: Literal["yes", "no", "undo"] | None = None
    """What it says to the message above it: typed, that word presses it."""

    __hash__ = None  # type: ignore[assignment]  # args is a mapping


@dataclass(frozen=True)
class LinkButton:
    """An address to open: a button on platforms that have such, with the address beside it elsewhere."""

    label: Text
    url: str


@dataclass(frozen=True)
class Expects:
    """What the next plain words of this learner in this place answer: a parameter of a command already begun."""

    command: str
    parameter: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """One message. `links` stand below its blocks, a row each, and `buttons` in rows below them; with `replaces` it
    takes the place of the message whose button it answers.

    Without blocks it says nothing and is not sent.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    expects: Expects | None = None
    replaces: bool = True
    links: tuple[LinkButton, ...] = ()


Buttons: TypeAlias = Sequence[Button | Sequence[Button]]
"""Rows of buttons; a bare one is a row of its own."""


def reply(
    *blocks: Block | Text,
    buttons: Buttons = (),
    expects: Expects | None = None,
    anew: bool = False,
    links: Sequence[LinkButton] = (),
) -> Reply:
    """A reply of these blocks; a bare text is a paragraph, a bare button is a row of its own.

    In answer to a button it takes the place of the message with that button; `anew` leaves that message as it is.
    """
    rows = tuple((row,) if isinstance(row, Button) else tuple(row) for row in buttons)
    lines = tuple(Line(block) if isinstance(block, Text) else block for block in blocks)
    return Reply(lines, tuple(row for row in rows if row), expects, replaces=not anew, links=tuple(links))
