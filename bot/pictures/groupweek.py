"""The picture of a group's week: the hours together, who met their own week, and for how long in a row."""

from bot.dialogue.facts import GroupWeekFacts
from bot.dialogue.text import Days, Minutes, Plural, Text
from bot.dialogue.wording import Wording
from bot.pictures.design import HUGE, INK, INNER, MUTED, NORMAL, PADDING, SMALL, STRONG, STUDIED
from bot.pictures.marks import mark
from bot.pictures.svg import card, heading, shortened, text, title, width_of, wrapped

_MARKS = 12
"""Weeks of the streak that are drawn one by one."""


def group_week(facts: GroupWeekFacts, wording: Wording) -> str:
    """The picture as SVG."""
    dates = wording.say(Text("{days}", days=Days(facts.first, facts.last)))
    hours = wording.say(Text("{time}", time=Minutes(facts.together)))
    elements, y = title(facts.group)
    elements += [
        text(PADDING, y + 20, dates, fill=MUTED),
        text(PADDING, y + 66, hours, size=HUGE, weight=STRONG, fill=STUDIED),
        text(PADDING, y + 87, wording.say(Text("studied together")), size=NORMAL, fill=MUTED),
    ]
    y += 87
    if facts.met or facts.more:
        y += 38
        elements.append(heading(wording.say(Text("Met their week")), y))
        names, y = _names(facts, wording, y + 24)
        elements += names
    if facts.streak > 1:
        streak = Plural(
            "For {n} week in a row somebody here has met theirs.",
            "For {n} weeks in a row somebody here has met theirs.",
            n=facts.streak,
        )
        y += 19
        for words in wrapped(wording.say(streak), INNER, SMALL, 2):
            y += 17
            elements.append(text(PADDING, y, words, fill=MUTED))
        elements += [mark("met", PADDING + 8 + n * 25, y + 20, 8) for n in range(min(_MARKS, facts.streak))]
        y += 30
    return card(y + PADDING, elements)


def _names(facts: GroupWeekFacts, wording: Wording, y: float) -> tuple[list[str], float]:
    """Names with a tick each, as many in a line as fit."""
    x, right = float(PADDING), PADDING + INNER
    elements: list[str] = []
    more = [wording.say(Plural("and {n} more", "and {n} more", n=facts.more))] if facts.more else []
    for n, name in enumerate([*facts.met, *more]):
        ticked = n < len(facts.met)
        before = 19 if ticked else 0
        shown = shortened(name, INNER - before, NORMAL)
        wide = before + width_of(shown, NORMAL)
        if x > PADDING and x + wide > right:
            x, y = float(PADDING), y + 25
        elements += [mark("met", x + 7, y - 5, 7)] if ticked else []
        elements.append(text(x + before, y, shown, size=NORMAL, fill=MUTED if not ticked else INK))
        x += wide + 18
    return elements, y
