"""The heatmap: weeks as columns, days as squares, under each week how it stood to its commitment."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from babel import dates

from bot.dialogue.facts import HeatWeek
from bot.dialogue.text import Minutes, Text
from bot.dialogue.wording import Wording, formats
from bot.pictures.design import EMPTY, FAINT, INNER, MUTED, PADDING, SHADES, SMALL, STEPS
from bot.pictures.marks import NAMES, mark
from bot.pictures.svg import box, path, text, width_of

_LEFT = 30
"""Room for the names of weekdays."""
_LARGEST = 19
"""Pixels of a column at most."""
_FEWEST = 16
"""Columns for which there is room at least, so that a first week is no giant."""


def shade(minutes: int) -> int:
    """How dark a day is, from 0 for none to 4."""
    return 0 if minutes <= 0 else 1 + sum(minutes >= step for step in STEPS)


def heatmap(weeks: Sequence[HeatWeek], wording: Wording, top: float) -> tuple[list[str], float]:
    """The heatmap from `top` on, and where it ends."""
    column = min(_LARGEST, (INNER - _LEFT) / max(_FEWEST, len(weeks)))
    cell = column - (2 if column > 12 else 1.5)
    left = PADDING + _LEFT
    days_top = top + 18
    elements = [
        *_months(weeks, wording, left, column, top + 12),
        *_weekdays(weeks, wording, days_top, column),
        *_cells(weeks, left, days_top, column, cell),
        _coming(weeks, left, days_top, column, cell),
    ]
    marks_at = days_top + 7 * column + 8
    for n, week in enumerate(weeks):
        elements.append(mark(week.mark, left + n * column + cell / 2, marks_at, min(6.5, cell / 2)))
    legend, end = _legend(wording, marks_at + 26)
    return [*elements, *legend], end


def _months(weeks: Sequence[HeatWeek], wording: Wording, left: float, column: float, baseline: float) -> Iterator[str]:
    names = dates.get_month_names("abbreviated", "stand-alone", formats(wording.locale))
    free, shown = left, 0
    for n, week in enumerate(weeks):
        last = week.first + timedelta(days=6)
        begins = week.first.month != last.month or week.first.day == 1 or n == 0
        month = last.month if week.first.month != last.month else week.first.month
        x, name = left + n * column, str(names[month])
        room = left + max(len(weeks), 3) * column + PADDING
        if begins and month != shown and x >= free and x + width_of(name, SMALL) <= room:
            yield text(x, baseline, name, fill=MUTED)
            free, shown = x + width_of(name, SMALL) + 6, month


def _weekdays(weeks: Sequence[HeatWeek], wording: Wording, top: float, column: float) -> Iterator[str]:
    names = dates.get_day_names("abbreviated", "stand-alone", formats(wording.locale))
    first = weeks[-1].first.weekday() if weeks else 0
    for day in (0, 2, 4, 6):
        name = str(names[(first + day) % 7]).rstrip(".")[:3]
        yield text(PADDING, top + day * column + column / 2 + 4, name, fill=MUTED)


def _cells(weeks: Sequence[HeatWeek], left: float, top: float, column: float, cell: float) -> Iterator[str]:
    """All days of a shade as one path: a square for each would take the renderer longer."""
    squares: dict[int, list[str]] = {}
    for n, week in enumerate(weeks):
        for day, minutes in enumerate(week.minutes):
            x, y = left + n * column, top + day * column
            square = f"M{x:.1f} {y:.1f}h{cell:.1f}v{cell:.1f}h{-cell:.1f}z"
            squares.setdefault(shade(minutes), []).append(square)
    for level, held in sorted(squares.items()):
        yield path("".join(held), fill=(EMPTY, *SHADES)[level])


def _coming(weeks: Sequence[HeatWeek], left: float, top: float, column: float, cell: float) -> str:
    """The days to come, as outlines."""
    squares = [
        f"M{left + n * column + 0.5:.1f} {top + day * column + 0.5:.1f}h{cell - 1:.1f}v{cell - 1:.1f}h{1 - cell:.1f}z"
        for n in range(max(0, len(weeks) - 1), max(_FEWEST, len(weeks)))
        for day in range(len(weeks[n].minutes) if n < len(weeks) else 0, 7)
    ]
    return path("".join(squares), stroke=FAINT, width=1) if squares else ""


def _legend(wording: Wording, top: float) -> tuple[list[str], float]:
    """What shades and marks mean, in one row each where they fit."""
    amounts = [wording.say(Text("< {time}", time=Minutes(step))) for step in STEPS]
    amounts.append(wording.say(Text("{time} +", time=Minutes(STEPS[-1]))))
    elements: list[str] = []
    x = float(PADDING)
    for colour, words in zip(SHADES, amounts, strict=True):
        elements += [box(x, top - 9.5, 11, 11, colour, 1.5), text(x + 16, top, words, fill=MUTED)]
        x += 16 + width_of(words, SMALL) + 14
    top, x = top + 21, float(PADDING)
    for kind, name in NAMES.items():
        words = wording.say(name)
        elements += [mark(kind, x + 6, top - 4.2, 6), text(x + 16, top, words, fill=MUTED)]
        x += 16 + width_of(words, SMALL) + 14
    return elements, top
