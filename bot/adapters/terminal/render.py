"""Replies as lines of text. Pure: what a terminal shows, a script records and a pipe receives."""

import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from wcwidth import wcswidth

from bot.adapters.terminal.heatmap import heatmap
from bot.dialogue.reply import (
    Attachment,
    Bar,
    Block,
    Bullets,
    Fields,
    Heading,
    Line,
    Picture,
    Reply,
    Table,
)
from bot.dialogue.request import write_token
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording

BAR_CELLS = 24
PICTURE = "picture"
"""The style of lines that draw a picture in characters."""
_CONTROL = {code: None for code in (*range(32), 127, *range(0x80, 0xA0)) if code != 10}
_CONTROL |= dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)))


@dataclass(frozen=True)
class Row:
    """One line with the name of its style ("heading1" to "heading3", "bar", "picture", "link" or "")."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Rendered:
    """A message for a terminal: lines, buttons as (label, token), and links as (label, address), which stand among the
    lines as well."""

    rows: tuple[Row, ...]
    buttons: tuple[tuple[str, str], ...]
    files: tuple[Attachment, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    image: Future[Path | None] | None = None
    """The file of the picture it shows, once it is written, where pictures are kept."""

    @property
    def text(self) -> str:
        """The message as plain text."""
        return "\n".join(row.text for row in self.rows)


def render(reply: Reply, locale: str, width: int | None = None) -> Rendered:
    """Draw a reply in a language; `width` wraps paragraphs, None leaves them long."""
    wording = Wording(locale)
    rows: list[Row] = []
    last: Block | None = None
    for block in reply.blocks:
        if isinstance(block, Picture):
            continue  # below the words
        drawn = list(_rows(block, wording, width))
        if rows and drawn and _apart(last, block):
            rows.append(Row(""))
        rows.extend(drawn)
        last = block
    buttons = tuple(
        (_clean(wording.say(button.label)), write_token(button.command, button.args))
        for line in reply.buttons
        for button in line
    )
    for block in reply.blocks:
        if isinstance(block, Picture) and (lines := list(heatmap(block.facts, locale, width))):
            rows += [Row(""), *(Row(line, PICTURE) for line in lines)]
    files = tuple(block for block in reply.blocks if isinstance(block, Attachment))
    links = tuple({link.url: (_clean(wording.say(link.label)), _clean(link.url)) for link in reply.links}.values())
    for label, url in links:
        rows += (Row(line, "link") for line in _wrap(f"{label} <{url}>", width, "→ "))
    return Rendered(tuple(rows), buttons, files, links)


def _apart(last: Block | None, block: Block) -> bool:
    """Whether a blank line separates two blocks: around lists and tables, except after the line that leads in."""
    if isinstance(block, Heading):
        return True
    if isinstance(last, Heading):
        return False
    if isinstance(block, Line):
        return isinstance(last, Bullets | Fields | Table)
    return not (isinstance(block, Bullets) or type(last) is type(block))


def save(files: Sequence[Attachment], folder: Path) -> list[Path]:
    """Write attachments into a folder, readable by their owner only; a name that is taken gets a number."""
    saved = []
    for file in files:
        path = folder / Path(file.name).name
        number = 1
        while path.exists():
            number += 1
            path = folder / f"{Path(file.name).stem}-{number}{Path(file.name).suffix}"
        path.touch(mode=0o600)
        path.write_text(file.content, encoding="utf-8")
        saved.append(path)
    return saved


def _rows(block: Block, wording: Wording, width: int | None) -> Iterator[Row]:
    def say(text: Text) -> str:
        return _clean(wording.say(text))

    match block:
        case Heading(text, level):
            yield Row(say(text), f"heading{level}")
        case Line(text):
            yield from (Row(line) for line in _wrap(say(text), width))
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                mark = f"{number}. " if numbered else "• "
                yield from (Row(line) for line in _wrap(say(item), width, mark))
        case Fields(fields):
            names = [say(name) for name, _ in fields]
            indent = max(map(_width, names), default=0) + 2
            for name, (_, value) in zip(names, fields, strict=True):
                yield from (Row(line) for line in _wrap(say(value), width, _pad(f"{name}:", indent)))
        case Bar(share, caption):
            filled = min(BAR_CELLS, max(0, int(share * BAR_CELLS)))
            yield Row(f"{'█' * filled}{'░' * (BAR_CELLS - filled)} {say(caption)}", "bar")
        case Table(columns, lines, numeric):
            yield from _table([[say(cell) for cell in line] for line in (columns, *lines)], numeric)
        case Attachment() | Picture():
            pass


def _table(cells: list[list[str]], numeric: int) -> Iterator[Row]:
    widths = [max(_width(line[n]) for line in cells) for n in range(len(cells[0]))]
    for number, line in enumerate(cells):
        padded = (_pad(cell, widths[n], right=n >= numeric) for n, cell in enumerate(line))
        yield Row("  ".join(padded).rstrip(), "heading2" if number == 0 else "")


def _wrap(text: str, width: int | None, first: str = "") -> list[str]:
    """Lines of at most `width` columns, the following ones under the text of the first; words stay whole."""
    indent = " " * _width(first)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        start = first if not lines else indent
        if width is None:
            lines.append(start + paragraph)
        else:
            lines += textwrap.wrap(
                paragraph,
                max(width, 30),
                initial_indent=start,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            ) or [start]
    return lines


def _pad(text: str, width: int, *, right: bool = False) -> str:
    space = " " * max(0, width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    return max(0, wcswidth(text))


def _clean(text: str) -> str:
    """Without control characters and direction marks: nothing typed can colour, move or mirror the terminal."""
    return text.translate(_CONTROL)
