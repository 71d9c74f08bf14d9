"""The marks of weeks, which differ by their shape: a tick, a half, a ring, two bars, a dot."""

from collections.abc import Mapping

from bot.dialogue.facts import Mark
from bot.dialogue.text import Text
from bot.pictures.design import CARD, MET, MISSED, PARTLY, PAUSED
from bot.pictures.svg import box, disc, path

NAMES: Mapping[Mark, Text] = {
    # note: what a week is: its commitment was met
    "met": Text("met"),
    # note: what a week is: some hours, and its commitment was not met
    "partly": Text("partly"),
    # note: what a week is: no hours at all
    "missed": Text("missed"),
    # note: what a week is: nothing was owed
    "paused": Text("paused"),
}


def mark(kind: Mark, x: float, y: float, radius: float) -> str:
    """The mark of a week around a point."""
    r = radius
    match kind:
        case "met":
            tick = (
                f"M{x - r * 0.45:.1f} {y + r * 0.05:.1f} l{r * 0.35:.1f} {r * 0.35:.1f} l{r * 0.6:.1f} {-r * 0.75:.1f}"
            )
            return disc(x, y, r, MET) + path(tick, stroke=CARD, width=max(1.2, r * 0.3))
        case "partly":
            half = f"M{x:.1f} {y - r:.1f} A{r:.1f} {r:.1f} 0 0 0 {x:.1f} {y + r:.1f} Z"
            return disc(x, y, r - 0.6, CARD, PARTLY, 1.2) + path(half, fill=PARTLY)
        case "missed":
            return disc(x, y, r - 0.75, CARD, MISSED, 1.5)
        case "paused":
            high, wide = r * 1.5, max(1.4, r * 0.4)
            left, right = (box(x + at - wide / 2, y - high / 2, wide, high, PAUSED, 0.6) for at in (-r * 0.4, r * 0.4))
            return left + right
        case "open":
            return disc(x, y, max(1.4, r * 0.35), PAUSED)
    return ""
