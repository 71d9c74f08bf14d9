"""Days, times and durations as programs write them into cells. What is not understood is None; nothing raises."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["hours", "minutes", "seconds"]

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})(?![0-9])")
_CLOCK = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?![0-9:])\s*([ap])?", re.IGNORECASE)
_COLONS = re.compile(r"([0-9]{1,4}):([0-9]{1,2})(?::([0-9]{1,2}))?")
_NUMBER = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,6}))?")
_UNITS = re.compile(
    r"(?:([0-9]{1,4}(?:[.,][0-9]{1,4})?)\s*(?:h|hr|hrs|hours?|std|stunden?)\.?)?\s*"
    r"(?:([0-9]{1,5})\s*(?:m|min|mins|minutes?|minuten?)\.?)?\s*"
    r"(?:([0-9]{1,6})\s*(?:s|sec|secs|seconds?|sek|sekunden?)\.?)?",
    re.IGNORECASE,
)
_SECONDS: dict[Unit, int] = {"hours": 3600, "minutes": 60, "seconds": 1}
_DAY = 24 * 3600


@dataclass(frozen=True)
class DayCell:
    """What a cell may mean: with the day before the month, and with the month first. Both are the same where only one
    reading is usual; one is None where that is no date."""

    day_first: date | None
    month_first: date | None


def day_of(cell: str) -> DayCell | None:
    """The day in a cell, which may have a time behind it."""
    if match := _YEAR_FIRST.match(cell):
        day = _date(match[1], match[3], match[4])
        return DayCell(day, day) if day else None
    if match := _YEAR_LAST.match(cell):
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        day_first = _date(year, match[3], match[1])
        # With full stops the day is first everywhere (CLDR has no other such pattern).
        month_first = day_first if match[2] == "." else _date(year, match[1], match[3])
        return DayCell(day_first, month_first) if day_first or month_first else None
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def clock_of(cell: str) -> int | None:
    """The time of day in a cell, in seconds after midnight; it may have a date before it."""
    match = _CLOCK.search(cell)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    if half := match[4]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half in "pP" else 0)
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 60 else None


def span(begin: str, end: str) -> int | None:
    """Seconds from one time of day to another, which may be after midnight."""
    first, last = clock_of(begin), clock_of(end)
    return None if first is None or last is None else (last - first) % _DAY


def seconds_of(cell: str, unit: Unit | None, between: int | None) -> int | None:
    """A duration in seconds.

    A bare number is of the unit that the column names. Without one, a number with a fraction is hours, and a whole one
    is of the unit in which it is `between`, the seconds from begin to end; else what it means is not known.
    """
    if match := _COLONS.fullmatch(cell):
        return int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)
    if match := _NUMBER.fullmatch(cell):
        return _counted(match, unit, between)
    match = _UNITS.fullmatch(cell)
    if match is None or not any(match.groups()):
        return None
    hours = float((match[1] or "0").replace(",", "."))
    return round(hours * 3600) + int(match[2] or 0) * 60 + int(match[3] or 0)


def _counted(match: re.Match[str], unit: Unit | None, between: int | None) -> int | None:
    number = float(f"{match[1]}.{match[2] or 0}")
    if unit is None and match[2]:
        unit = "hours"
    if unit is not None:
        return round(number * _SECONDS[unit])
    meant = (round(number * seconds) for seconds in _SECONDS.values())
    return next((n for n in meant if between is not None and abs(n - between) <= 60), None)
