"""Renders replies as Telegram's messages. Pure functions: HTML of at most 4,096 characters each, buttons under the
last."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

from bot.adapters.addresses import sorted_out
from bot.adapters.parts import parts
from bot.adapters.phone import WIDTH, laid_out
from bot.dialogue.reply import Attachment, Bar, Block, Bullets, Button, Fields, Heading, Line, Picture, Reply, Table
from bot.dialogue.request import write_token
from bot.dialogue.text import Link, Text
from bot.dialogue.wording import Markup, Wording

ROOM = 3900
"""UTF-16 units of a message, markup included: Telegram's limit is 4,096 without markup (core.telegram.org/bots/api)."""
CAPTION = 1024
"""UTF-16 units of a caption, without markup."""
BAR_CELLS = 12
_LABEL = 60
_BUTTONS = 90
_LINKS = 10
"""Buttons of a keyboard; Telegram shows no more than 100."""
_CONTROL = {code: None for code in (*range(32), 127, *range(0x80, 0xA0)) if code != 10}
_CONTROL |= dict.fromkeys((1564, 8206, 8207, *range(8234, 8239), *range(8294, 8298)))


@dataclass(frozen=True)
class Message:
    """One message: its HTML, rows of (label, callback data), and above them a row each for (label, address) of links,
    and of `apps`, which open inside Telegram."""

    html: str
    keyboard: tuple[tuple[tuple[str, str], ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    apps: tuple[tuple[str, str], ...] = ()


def _escape(words: str) -> str:
    # A word joiner behind the @ keeps a learner's words from calling anybody.
    return html.escape(words.translate(_CONTROL), quote=False).replace("@", "@\u2060")


def _link(title: str, url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return _escape(title)
    return f'<a href="{html.escape(url, quote=True)}">{_escape(title)}</a>'


def _typed(words: str) -> str:
    return f"<code>{_escape(words)}</code>"


MARKUP = Markup(_escape, _link, _typed)


def render(reply: Reply, locale: str) -> list[Message]:
    """The messages of a reply, in order; at least one."""
    wording, plain = Wording(locale, MARKUP), Wording(locale)
    pieces: list[str] = []
    last: Block | None = None
    for block in reply.blocks:
        lines = list(_lines(block, wording))
        if lines:
            apart = last is not None and (not isinstance(block, Line) or not isinstance(last, Line | Heading))
            pieces += ["", *lines] if apart else lines
            last = block
    links, others = sorted_out((link for link in reply.links if not link.in_app), _LINKS)
    pieces += [wording.say(Text("{link}", link=Link(plain.say(link.label), link.url))) for link in others]
    *before, last_part = list(parts(pieces, ROOM, _units, _short)) or ["…"]
    shown = tuple((label_of(link.label, plain), link.url) for link in links)
    apps = tuple((label_of(link.label, plain), link.url) for link in reply.links if link.in_app)
    return [Message(part) for part in before] + [Message(last_part, _keyboard(reply.buttons, plain), shown, apps)]


def as_caption(messages: Sequence[Message]) -> Message | None:
    """The words of a picture as its caption; None where they are too many."""
    if len(messages) != 1 or _units(html.unescape(_without_tags(messages[0].html))) > CAPTION:
        return None
    return messages[0]


def files(reply: Reply) -> list[Attachment]:
    """The files of a reply."""
    return [block for block in reply.blocks if isinstance(block, Attachment)]


def _lines(block: Block, wording: Wording) -> Iterator[str]:
    say = wording.say
    match block:
        case Heading(text, level):
            yield f"<b><u>{say(text)}</u></b>" if level == 1 else f"<b>{say(text)}</b>"
        case Line(text):
            yield say(text)
        case Bullets(items, numbered):
            for number, item in enumerate(items, start=1):
                yield f"{f'{number}.' if numbered else '•'} {say(item)}"
        case Fields(rows):
            for name, value in rows:
                yield f"<b>{say(name)}</b>: {say(value)}"
        case Bar(share, caption):
            filled = min(BAR_CELLS, max(0, int(share * BAR_CELLS)))
            yield f"{'▓' * filled}{'░' * (BAR_CELLS - filled)}"
            yield say(caption)
        case Table():
            yield from _table(block, wording)
        case Attachment() | Picture():
            pass


def _table(table: Table, wording: Wording) -> Iterator[str]:
    (head, *rows), columns = laid_out(table, wording.locale, _CONTROL)
    if columns:
        yield from (f"<code>{_escape(line.rstrip())}</code>" for line in (head, *rows))
    else:
        yield f"<b>{_escape(head)}</b>"
        yield from map(_escape, rows)


def _short(line: str) -> Iterator[str]:
    if _units(line) <= ROOM:
        yield line
        return
    # Too long for one message, so without its markup: a tag must not be cut in two.
    plain = html.unescape(_without_tags(line))
    while plain:
        cut = plain[: ROOM // 6]
        if len(plain) > len(cut) and " " in cut:
            cut = cut[: cut.rindex(" ") + 1]
        plain = plain[len(cut) :]
        yield html.escape(cut, quote=False)


def _without_tags(line: str) -> str:
    kept, inside = [], False
    for letter in line:
        inside = inside or letter == "<"
        if not inside:
            kept.append(letter)
        inside = inside and letter != ">"
    return "".join(kept)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _keyboard(rows: Sequence[Sequence[Button]], wording: Wording) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Rows that a phone can show: a row too wide for it becomes several."""
    shown: list[tuple[tuple[str, str], ...]] = []
    room = _BUTTONS
    for row in rows:
        held: list[tuple[str, str]] = []
        for button in row[:room]:
            label = label_of(button.label, wording)
            if held and (len(held) == 8 or sum(wcswidth(known) + 3 for known, _ in held) + wcswidth(label) > WIDTH):
                shown.append(tuple(held))
                held = []
            held.append((label, write_token(button.command, button.args)))
        room -= len(row[:room])
        shown.append(tuple(held))
    return tuple(row for row in shown if row)


def label_of(text: Text, wording: Wording) -> str:
    """A button's label, shortened where it must be."""
    label = " ".join(wording.say(text).translate(_CONTROL).split()) or "…"
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
