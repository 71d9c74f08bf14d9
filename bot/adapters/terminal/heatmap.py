"""The heatmap in characters: weeks as columns, days as rows, and how each week stands below it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from babel import dates

from bot.dialogue.facts import Facts, HeatWeek, ProgressFacts
from bot.dialogue.wording import formats
from bot.pictures.heatmap import shade

_SHADES = "·░▒▓█"
_MARKS = {"met": "✓", "partly": "◐", "missed": "○", "paused": "‖", "open": "…", "none": " "}
"""As the words beside it have them (`bot.commands.views.pictures.weeks_text`)."""
_LEFT, _COLUMN = 5, 2


def heatmap(facts: Facts, locale: str, width: int | None) -> Iterator[str]:
    """The lines of a heatmap, as many weeks as fit into a width; none for other facts, and for a first week alone."""
    if not isinstance(facts, ProgressFacts) or len(facts.weeks) < 2:
        return
    room = len(facts.weeks) if width is None else max(1, (width - _LEFT) // _COLUMN)
    weeks = facts.weeks[-room:]
    names = dates.get_day_names("abbreviated", "stand-alone", formats(locale))
    yield _months(weeks, locale)
    for row in range(7):
        day = weeks[-1].first + timedelta(days=row)
        cells = (_SHADES[shade(week.minutes[row])] if row < len(week.minutes) else " " for week in weeks)
        yield f"{str(names[day.weekday()]).rstrip('.')[:3]:<{_LEFT}}{' '.join(cells)}".rstrip()
    yield " " * _LEFT + " ".join(_MARKS[week.mark] for week in weeks)


def _months(weeks: Sequence[HeatWeek], locale: str) -> str:
    """The names of months above the weeks in which they begin."""
    names = dates.get_month_names("abbreviated", "stand-alone", formats(locale))
    row, shown = " " * _LEFT, 0
    for n, week in enumerate(weeks):
        month = (week.first + timedelta(days=6)).month
        at = _LEFT + n * _COLUMN
        if month != shown and len(row) <= at:
            row, shown = f"{row:<{at}}{names[month]!s} ", month
    return row.rstrip()
