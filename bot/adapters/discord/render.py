"""Renders replies as Discord's messages. Pure functions: Components V2, at most 40 components and 4,000 characters
each."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import discord
from discord import ui

from bot.adapters.addresses import sorted_out
from bot.adapters.discord.buttons import ask_button, press_button
from bot.adapters.parts import parts
from bot.adapters.phone import WIDTH, laid_out
from bot.dialogue.reply import Attachment, Bar, Block, Bullets, Button, Fields, Heading, Line, Picture, Reply, Table
from bot.dialogue.request import write_token
from bot.dialogue.text import Link, Text
from bot.dialogue.wording import Markup, Wording
from bot.pictures.making import Drawn

ROOM = 3800
"""Characters of text in a message; the limit of all its texts is 4,000 (discord.com/developers, Components)."""
BAR_CELLS = 12
_COMPONENTS = 40
"""What a message may hold of boxes, texts, files, rows and buttons together (discord.com/developers, Components)."""
_LABEL = 78
_ALT = 256
"""Characters of the description of a picture."""
_LINKS = 8
_CONTROL = {code: None for code in (*range(32), 127, *range(0x80, 0xA0)) if code != 10}
_CONTROL |= dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)))
_MARKS = re.compile(r"([\\*_~`|<\[\]]|^[ \t]*(?:\d+[.)]|[#>+-])|:(?=//))", re.MULTILINE)
"""What Discord reads as formatting: some marks anywhere, some at the beginning of a line, an address at its colon."""
_BEGINNING = re.compile(r"^[ \t]*(?:\d+[.)]|[#>+-])", re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """One message: its text in Markdown, rows of (label, custom id), files, (label, address) of links, which stand
    above the rows, and a picture above the text."""

    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    files: tuple[Attachment, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    picture: Drawn | None = None

    def view(self) -> ui.LayoutView:
        """The message as the library's view; each call makes a new one."""
        view = ui.LayoutView(timeout=None)
        box: ui.Container[ui.LayoutView] = ui.Container()
        if self.picture:
            shown = f"attachment://{self.picture.name}"
            box.add_item(ui.MediaGallery(discord.MediaGalleryItem(shown, description=self.picture.alt[:_ALT])))
        box.add_item(ui.TextDisplay(self.text))
        for file in self.files:
            box.add_item(ui.File(f"attachment://{file.name}"))
        view.add_item(box)
        for label, url in self.links:
            view.add_item(ui.ActionRow(ui.Button(label=label, url=url)))
        for row in self.rows:
            buttons = [press_button(label, id_) for label, id_ in row]
            view.add_item(ui.ActionRow(*buttons))
        return view

    def uploads(self) -> list[discord.File]:
        """The files as the library's; each call makes new ones."""
        files = [discord.File(io.BytesIO(file.content.encode()), file.name) for file in self.files]
        if self.picture:
            alt = self.picture.alt[:_ALT]
            files.append(discord.File(io.BytesIO(self.picture.png), self.picture.name, description=alt))
        return files


def _escape(words: str) -> str:
    # A backslash before each mark shows the mark itself; a word joiner behind the @ keeps it from calling anybody.
    return _MARKS.sub(_shown, words.translate(_CONTROL)).replace("@", "@\u2060")


def _shown(mark: re.Match[str]) -> str:
    return f"{mark[0][:-1]}\\{mark[0][-1]}"


def _link(title: str, url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return _escape(title)
    return f"[{_escape(title)}](<{url.replace('>', '%3E').replace(' ', '%20')}>)"


def _typed(words: str) -> str:
    return "`" + words.translate(_CONTROL).replace("`", "'").replace("@", "@\u2060") + "`"


def _readers_time(at: datetime) -> str:
    # discord.com/developers, Message Formatting: “t” is the short time.
    return f"<t:{int(at.timestamp())}:t>"


MARKUP = Markup(_escape, _link, _typed, _readers_time)


def render(reply: Reply, locale: str, question: str | None = None, picture: Drawn | None = None) -> list[Message]:
    """The messages of a reply, in order; at least one. `question` is the token of the question it leaves open,
    `picture` is the reply's, which the first of them shows."""
    wording = Wording(locale, MARKUP)
    pieces: list[str] = []
    last: Block | None = None
    for block in reply.blocks:
        lines = list(_lines(block, wording))
        if lines:
            apart = last is not None and not isinstance(block, Heading) and type(block) is not type(last)
            pieces += ["", *lines] if apart and not isinstance(last, Heading) else lines
            last = block
    plain = Wording(locale)
    links, others = sorted_out(reply.links, _LINKS)
    pieces += [wording.say(Text("{link}", link=Link(plain.say(link.label), link.url))) for link in others]
    *before, last_part = list(parts(pieces, ROOM, len, _short)) or ["…"]
    shown = tuple((label_of(link.label, plain), link.url) for link in links)
    files = tuple(block for block in reply.blocks if isinstance(block, Attachment))
    asked = (("✎ " + plain.say(Text("Type an answer")), ask_button(question)),) if question else ()
    room = _COMPONENTS - 2 - len(files) - 2 * len(shown) - (2 if asked else 0) - (2 if picture else 0)
    rows = _rows(reply.buttons, plain, room)
    first, *rest = [
        *map(Message, before),
        Message(last_part, (*rows, *([asked] if asked else ())), files, shown),
    ]
    return [replace(first, picture=picture), *rest]


def _lines(block: Block, wording: Wording) -> Iterator[str]:
    def say(text: Text) -> str:
        # A value may end a line, and what follows it in the sentence then begins one.
        return _BEGINNING.sub(_shown, wording.say(text))

    match block:
        case Heading(text, level):
            yield f"{'#' * level} {say(text)}"
        case Line(text):
            yield say(text)
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                yield f"{f'{number}.' if numbered else '-'} {say(item)}"
        case Fields(rows):
            for name, value in rows:
                yield f"**{say(name)}**: {say(value)}"
        case Bar(share, caption):
            filled = min(BAR_CELLS, max(0, int(share * BAR_CELLS)))
            yield f"{'▓' * filled}{'░' * (BAR_CELLS - filled)} {say(caption)}"
        case Table():
            yield from _table(block, wording)
        case Attachment() | Picture():
            pass


def _table(table: Table, wording: Wording) -> Iterator[str]:
    (head, *rows), columns = laid_out(table, wording.locale, _CONTROL)
    if columns:
        yield from (_typed(line.ljust(WIDTH)) for line in (head, *rows))
    else:
        yield f"**{_escape(head)}**"
        yield from map(_escape, rows)


def _short(line: str) -> Iterator[str]:
    while len(line) > ROOM:
        cut = line[: ROOM - 1]
        if " " in cut:
            cut = cut[: cut.rindex(" ") + 1]
        elif (len(cut) - len(cut.rstrip("\\"))) % 2:
            cut = cut[:-1]  # not between a backslash and what it escapes
        yield cut
        # What stood in the middle of a line must not become a heading at the beginning of one.
        line = _BEGINNING.sub(_shown, line[len(cut) :])
    yield line


def _rows(rows: Sequence[Sequence[Button]], wording: Wording, room: int) -> Iterator[tuple[tuple[str, str], ...]]:
    """Rows of at most five buttons, as many as there is room for; Discord itself breaks what is too wide for a phone.

    Two buttons of a message cannot have one custom id: of those that ask for the same the first is shown.
    """
    shown: set[str] = set()
    for row in rows:
        ids = {f"b{write_token(button.command, button.args)}": button for button in reversed(row)}
        fresh = [(label_of(button.label, wording), id_) for id_, button in reversed(ids.items()) if id_ not in shown]
        for n in range(0, len(fresh), 5):
            some = tuple(fresh[n : n + 5][: max(0, room - 1)])
            room -= 1 + len(some)
            if some:
                yield some
        shown |= ids.keys()


def label_of(text: Text, wording: Wording) -> str:
    """A button's label, shortened where it must be."""
    label = " ".join(wording.say(text).translate(_CONTROL).split()) or "…"
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
