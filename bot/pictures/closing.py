"""The picture of a finished roadmap."""

from bot.dialogue.facts import ClosingFacts
from bot.dialogue.text import Day, Minutes, Text
from bot.dialogue.wording import Wording
from bot.pictures.design import (
    CARD,
    FAINT,
    INNER,
    MET,
    MUTED,
    PADDING,
    PLAN,
    SHADES,
    SMALL,
    STRONG,
    STUDIED,
    WIDTH,
)
from bot.pictures.svg import box, card, disc, line, path, text, width_of, wrapped

_PIECES = (
    "26,40,0 60,78,1 92,30,2 44,120,3 112,64,4 98,124,0 334,44,1 300,82,2 268,30,3 316,124,4 248,66,0 262,118,1 "
    "140,24,3 222,22,4 22,90,2 340,96,0"
)
_CONFETTI = tuple(tuple(map(int, piece.split(","))) for piece in _PIECES.split())
"""Where a piece is, and of which kind."""
_COLOURS = (STUDIED, PLAN, MET, SHADES[1], SHADES[0])


def closing(facts: ClosingFacts, wording: Wording) -> str:
    """The picture as SVG."""
    middle = WIDTH / 2
    tick = f"M{middle - 17:.0f} 79 l12 12 l23 -26"
    elements = [
        *(_piece(x, y, kind) for x, y, kind in _CONFETTI),
        disc(middle, 78, 40, MET),
        path(tick, stroke=CARD, width=7),
    ]
    y = 156.0
    elements.append(text(middle, y, wording.say(Text("Finished!")), size=26, weight=STRONG, anchor="middle"))
    for words in wrapped(facts.title, INNER, 17, 2, STRONG):
        y += 26
        elements.append(text(middle, y, words, size=17, weight=STRONG, fill=STUDIED, anchor="middle"))
    first, last = (wording.say(Text("{day}", day=Day(day))) for day in (facts.first, facts.last))
    y += 24
    elements.append(text(middle, y, f"{first} – {last}", fill=MUTED, anchor="middle"))
    y += 24
    elements.append(line(((PADDING, y), (WIDTH - PADDING, y)), FAINT, 1))
    numbers = (
        (wording.say(Text("{time}", time=Minutes(facts.studied))), Text("studied")),
        (wording.say(Text("{n}", n=facts.weeks)), Text("weeks")),
        (wording.say(Text("{n}", n=facts.met)), Text("weeks met")),
    )
    for n, (number, name) in enumerate(numbers):
        x = PADDING + INNER * (n + 0.5) / 3
        size = next((size for size in (19, 17, 15) if width_of(number, size, STRONG) <= INNER / 3 - 4), 14)
        elements.append(text(x, y + 36, number, size=size, weight=STRONG, anchor="middle"))
        elements.append(text(x, y + 56, wording.say(name), size=SMALL, fill=MUTED, anchor="middle"))
    return card(y + 56 + PADDING, elements)


def _piece(x: float, y: float, kind: int) -> str:
    colour = _COLOURS[kind]
    if kind % 3 == 0:
        return disc(x, y, 4, colour)
    if kind % 3 == 1:
        return box(x - 4, y - 4, 8, 8, colour, 1)
    return path(f"M{x} {y - 5} l5 9 h-10 z", fill=colour)
