"""The picture of a group's board: a bar for each member's share of their own plan."""

from bot.core.leaderboard import CAP
from bot.dialogue.facts import BoardFacts, BoardRow
from bot.dialogue.text import Days, Minutes, Percent, Plural, Text
from bot.dialogue.wording import Wording
from bot.pictures.design import FAINT, INK, INNER, MUTED, PADDING, SMALL, STRONG, STUDIED, WIDTH
from bot.pictures.marks import mark
from bot.pictures.svg import box, card, line, shortened, text, title, width_of, wrapped

_ROW = 46
_BAR_LEFT = PADDING + 28
_BAR = INNER - 28 - 58


def board(facts: BoardFacts, wording: Wording) -> str:
    """The picture as SVG."""
    dates = wording.say(Text("{days}", days=Days(facts.first, facts.last)))
    elements, y = title(facts.group)
    elements += [
        text(PADDING, y + 20, dates, fill=MUTED),
        text(WIDTH - PADDING, y + 20, wording.say(Text("Share of own plan")), fill=MUTED, anchor="end"),
    ]
    y += 50
    for row in facts.rows:
        elements += _row(row, wording, y)
        y += _ROW
    if facts.more:
        more = Plural("{n} more is on the board.", "{n} more are on the board.", n=facts.more)
        elements.append(text(_BAR_LEFT, y, wording.say(more), fill=MUTED))
        y += 24
    if any(row.late for row in facts.rows):
        for words in wrapped(wording.say(Text("* Some of it was entered more than a day later.")), INNER, SMALL, 2):
            elements.append(text(PADDING, y, words, fill=MUTED))
            y += 17
        y += 17
    return card(y - 12, elements)


def _row(row: BoardRow, wording: Wording, y: float) -> list[str]:
    time = Text("{time}*", time=Minutes(row.minutes)) if row.late else Text("{time}", time=Minutes(row.minutes))
    hours = wording.say(time)
    share = Text("{share}", share=Percent(row.share)) if row.share is not None else Text("nothing owed")
    room = INNER - 28 - width_of(hours, 14) - 12
    whole = _BAR_LEFT + _BAR * 100 / CAP
    elements = [
        text(PADDING + 18, y, str(row.rank), size=14, weight=STRONG, fill=MUTED, anchor="end"),
        text(_BAR_LEFT, y, shortened(row.name, room, 14, STRONG), size=14, weight=STRONG),
        text(WIDTH - PADDING, y, hours, size=14, anchor="end"),
    ]
    if row.share is None:
        return [*elements, text(_BAR_LEFT, y + 19, wording.say(share), fill=MUTED)]
    filled = max(3.0, _BAR * min(CAP, row.share) / CAP) if row.share else 0.0
    elements += [
        box(_BAR_LEFT, y + 9, _BAR, 10, FAINT, 5),
        box(_BAR_LEFT, y + 9, filled, 10, STUDIED, min(5.0, filled / 2)),
        line(((whole, y + 7), (whole, y + 21)), INK, 1.2),
        text(WIDTH - PADDING, y + 18.5, wording.say(share), fill=INK, weight=STRONG, anchor="end"),
    ]
    return [*elements, mark("met", whole, y + 14, 6.5)] if row.share >= 100 else elements
