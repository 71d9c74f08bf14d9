"""Facts as a learner and a group have them after some months, and facts that no picture would choose."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.dialogue.facts import (
    BoardFacts,
    BoardRow,
    ClosingFacts,
    Curve,
    Facts,
    GroupWeekFacts,
    HeatWeek,
    Mark,
    ProgressFacts,
)
from bot.dialogue.text import Text

FIRST = date(2026, 1, 5)
TITLE = "6-Month Learning Roadmap for Becoming an ML Researcher"
GERMAN_TITLE = "In 6 Monaten auf dem Weg zur ML-Forschung"
_WEEKS: tuple[tuple[Mark, tuple[int, ...]], ...] = (
    ("met", (60, 0, 90, 0, 120, 180, 45)),
    ("met", (90, 20, 0, 130, 60, 150, 60)),
    ("partly", (60, 0, 45, 0, 0, 90, 0)),
    ("met", (0, 75, 90, 60, 0, 200, 75)),
    ("missed", (0, 0, 0, 0, 0, 0, 0)),
    ("met", (45, 60, 75, 90, 30, 130, 90)),
    ("met", (60, 60, 0, 120, 0, 180, 90)),
    ("paused", (0, 0, 0, 0, 0, 0, 0)),
    ("paused", (0, 0, 0, 20, 0, 0, 0)),
    ("partly", (0, 90, 0, 60, 25, 0, 60)),
    ("met", (60, 60, 90, 0, 90, 120, 60)),
    ("met", (0, 120, 60, 60, 30, 150, 90)),
    ("open", (90, 0, 60, 45)),
)


def progress(weeks: int = len(_WEEKS)) -> ProgressFacts:
    """A learner in the week of this number; after the last of the pattern it begins anew."""
    pattern = [_WEEKS[n % (len(_WEEKS) - 1)] for n in range(weeks - 1)] + [_WEEKS[-1]]
    shown = [HeatWeek(FIRST + timedelta(weeks=n), mark, minutes) for n, (mark, minutes) in enumerate(pattern)]
    studied, due = [(0, 0)], [(0, 0)]
    for n, week in enumerate(shown):
        studied.append((7 * n + len(week.minutes), studied[-1][1] + sum(week.minutes)))
        due.append((7 * n + 7, due[-1][1] + (0 if week.mark == "paused" else 480)))
    total, goal = studied[-1][1], 192 * 60
    today = FIRST + timedelta(days=studied[-1][0] - 1)
    return ProgressFacts(
        TITLE,
        min(100, total * 100 // goal),
        min(total, goal),
        goal,
        FIRST,
        today,
        _curve(studied, goal),
        _curve(due, goal),
        goal,
        today + timedelta(days=max(1, (goal - total) * 7 // 480)),
        Text("open while you are on pause"),
        today + timedelta(days=max(1, (goal - total) * 7 // 380)),
        Text("your first week tells"),
        tuple(shown[-26:]),
    )


def _curve(points: list[tuple[int, int]], most: int) -> Curve:
    return tuple((day, min(most, minutes)) for day, minutes in points)


BOARD = BoardFacts(
    "Café Gauß",
    FIRST,
    FIRST + timedelta(days=6),
    (
        BoardRow(1, "Ada", 510, 106, late=False),
        BoardRow(2, "Emmy", 300, 100, late=False),
        BoardRow(3, "Grace", 225, 75, late=True),
        BoardRow(4, "Σωκράτης", 80, 16, late=False),
        BoardRow(5, "Катерина", 60, None, late=False),
    ),
    3,
)
GROUP_WEEK = GroupWeekFacts(
    "Café Gauß", FIRST, FIRST + timedelta(days=6), 1175, ("Ada", "Emmy", "Grace", "Катерина"), 0, 5
)
CLOSING = ClosingFacts(TITLE, FIRST, date(2026, 7, 5), 193 * 60 + 30, 26, 21)
EXAMPLES: Mapping[str, Facts] = {
    "progress": progress(),
    "board": BOARD,
    "groupweek": GROUP_WEEK,
    "closing": CLOSING,
}
HOSTILE = (
    "<script>&\"'",
    "👍👩‍👩‍👧‍👦",
    "مرحبا",
    "李小龍",
    "\x00\x1b[31m",
    "",
    " ",
    "W" * 400,
    "a b " * 99,
    "]]>",
    "{n} %s",
)
