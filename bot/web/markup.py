"""Replies as HTML: each block as a small piece, each button with the request it stands for. Pure."""

import base64
import html
from dataclasses import dataclass
from typing import NewType

from bot.dialogue.reply import Attachment, Bar, Block, Bullets, Button, Fields, Heading, Line, Picture, Reply, Table
from bot.dialogue.request import write_token
from bot.dialogue.text import Text
from bot.dialogue.wording import Markup, Wording
from bot.pictures.design import FAMILY
from bot.pictures.drawing import draw

Html = NewType("Html", str)
"""Words in which everything is escaped; templates show only such as they are."""
_NOTHING = Html("")
_WEB = ("https://", "http://")
_FAMILIES = f"{FAMILY}, Roboto, Helvetica Neue, Arial, Liberation Sans, sans-serif"
"""A page's pictures are set in fonts of the device; the pictures' own is too large to send for them."""
_CONTROL = {code: None for code in (*range(32), 127, *range(0x80, 0xA0)) if code != 10}
_CONTROL |= dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)))


@dataclass(frozen=True)
class Press:
    """A button: what it says, and the saved request that its form sends."""

    label: str
    token: str


@dataclass(frozen=True)
class Piece:
    """A block of a reply. `kind` says which fields it has: "heading" and "line" a text, "list" lines, "fields" and
    "table" rows, "bar" a share in percent with a text, "file" a name with its address, "picture" an alternative text
    with its address."""

    kind: str
    text: Html = _NOTHING
    lines: tuple[Html, ...] = ()
    head: tuple[Html, ...] = ()
    rows: tuple[tuple[Html, ...], ...] = ()
    numeric: int = 99
    percent: int = 0
    href: str = ""
    numbered: bool = False
    below: int = 0
    """How many ranks a heading is below the first of its part of the page."""


@dataclass(frozen=True)
class Shown:
    """A reply for a page: its pieces, its buttons, and its links as (label, address)."""

    pieces: tuple[Piece, ...]
    buttons: tuple[Press, ...]
    links: tuple[tuple[str, str], ...] = ()
    question: str | None = None
    """The token of the question it leaves open, if any."""


def shown(reply: Reply, locale: str, question: str | None = None) -> Shown:
    """The reply in a language."""
    wording = Wording(locale, MARKUP)
    pieces = tuple(_piece(block, wording) for block in reply.blocks)
    buttons = presses(tuple(button for row in reply.buttons for button in row), locale)
    plain = Wording(locale)
    links = tuple(
        (plain.say(link.label).translate(_CONTROL), link.url)
        for link in reply.links
        if link.url.startswith(_WEB) and not link.in_app
    )
    return Shown(pieces, buttons, links, question)


def presses(buttons: tuple[Button, ...], locale: str) -> tuple[Press, ...]:
    """Buttons in a language."""
    plain = Wording(locale)
    return tuple(
        Press(plain.say(button.label).translate(_CONTROL), write_token(button.command, button.args))
        for button in buttons
    )


def say(text: Text, locale: str) -> Html:
    """A text in a language, as HTML."""
    return Html(Wording(locale, MARKUP).say(text))


def _escape(words: str) -> str:
    return html.escape(words.translate(_CONTROL))


def _link(title: str, url: str) -> str:
    if not url.startswith(_WEB):
        return _escape(title)
    return f'<a href="{html.escape(url)}" rel="noopener noreferrer" target="_blank">{_escape(title)}</a>'


def _typed(words: str) -> str:
    return f"<code>{_escape(words)}</code>"


MARKUP = Markup(_escape, _link, _typed)


def _piece(block: Block, wording: Wording) -> Piece:
    def marked_up(text: Text) -> Html:
        return Html(wording.say(text))

    match block:
        case Heading(text, level):
            return Piece("heading", marked_up(text), below=max(0, level - 2))
        case Line(text):
            return Piece("line", marked_up(text))
        case Bullets(items, numbered):
            return Piece("list", lines=tuple(map(marked_up, items)), numbered=numbered)
        case Fields(rows):
            return Piece("fields", rows=tuple((marked_up(name), marked_up(value)) for name, value in rows))
        case Bar(share, caption):
            return Piece("bar", marked_up(caption), percent=min(100, max(0, int(share * 100))))
        case Table(columns, rows, numeric):
            lines = tuple(tuple(map(marked_up, row)) for row in rows)
            return Piece("table", head=tuple(map(marked_up, columns)), rows=lines, numeric=numeric)
        case Picture(facts, alt):
            svg = draw(facts, wording.locale).replace(f'font-family="{FAMILY}"', f'font-family="{_FAMILIES}"')
            packed = base64.b64encode(svg.encode()).decode()
            return Piece("picture", marked_up(alt), href=f"data:image/svg+xml;base64,{packed}")
        case Attachment(name, media_type, content):
            packed = base64.b64encode(content.encode()).decode()
            return Piece("file", Html(_escape(name)), href=f"data:{media_type};base64,{packed}")
