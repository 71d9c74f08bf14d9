"""Replies as lines of text. Pure: what a terminal shows, a script records and a pipe receives."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.terminal.heatmap import heatmap
from bot.adapters.terminal.lines import pad, width_of, wrap
from bot.adapters.terminal.tables import table_rows
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
_LEAST_BAR = 6
"""Cells of a bar that has its caption behind it."""
_VALUE = 16
"""Columns that a value needs to stand beside its name."""
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
    """Draw a reply in a language, in lines of at most `width` columns; None leaves them as long as they are."""
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
        rows += (Row(line, "link") for line in wrap(f"{label} <{url}>", width, "→ "))
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
            yield from (Row(line, f"heading{level}") for line in wrap(say(text), width))
        case Line(text):
            yield from map(Row, wrap(say(text), width))
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                mark = f"{number}. " if numbered else "• "
                yield from map(Row, wrap(say(item), width, mark))
        case Fields(fields):
            names = [say(name) for name, _ in fields]
            yield from map(Row, _fields(names, [say(value) for _, value in fields], width))
        case Bar(share, caption):
            yield from (Row(line, "bar") for line in _bar(share, say(caption), width))
        case Table(columns, lines, numeric):
            cells = [[say(cell) for cell in line] for line in (columns, *lines)]
            for number, row in enumerate(table_rows(cells, numeric, width)):
                yield from (Row(line, "" if number else "heading2") for line in row)
        case Attachment() | Picture():
            pass


def _fields(names: Sequence[str], values: Sequence[str], width: int | None) -> Iterator[str]:
    """Values beside their names, and below them where there is too little room for that."""
    indent = max(map(width_of, names), default=0) + 2
    beside = width is None or width - indent >= _VALUE
    for name, value in zip(names, values, strict=True):
        if beside:
            yield from wrap(value, width, pad(f"{name}:", indent))
        else:
            yield from (*wrap(f"{name}:", width), *wrap(value, width, "  "))


def _bar(share: float, caption: str, width: int | None) -> Iterator[str]:
    """A bar with its caption behind it; in a narrow terminal it is shorter, or the caption stands below it."""
    room = BAR_CELLS if width is None else min(BAR_CELLS, width - 1 - width_of(caption))
    beside = room >= _LEAST_BAR
    cells = room if beside else min(BAR_CELLS, width or BAR_CELLS)
    filled = min(cells, max(0, int(share * cells)))
    drawn = f"{'█' * filled}{'░' * (cells - filled)}"
    yield from [f"{drawn} {caption}"] if beside else [drawn, *wrap(caption, width)]


def _clean(text: str) -> str:
    """Without control characters and direction marks: nothing typed can colour, move or mirror the terminal."""
    return text.translate(_CONTROL)
