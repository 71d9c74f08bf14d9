"""Dates with numbers in them: 2026-03-03, 3.3., 3/3, 3 March, March 3rd, the 3rd."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.calendar import DAY
from bot.dialogue.parameters import daynames

NEAR = timedelta(days=20 * 366)
"""No plan reaches further; and every day up to a date must be cheap to walk through."""
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\w|[-/.]\d)")
_RUN_TOGETHER = re.compile(r"(20\d\d)([01]\d)([0-3]\d)(?!\w)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})|(\d{2}))?(?!\w)")
_OPEN = re.compile(r"(\d{1,2})\.(\d{1,2})(?!\w|[.,:/]\d|[½¼¾%.-])")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\w/])")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4}|\d{2})(?![\w-])")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:(?:st|nd|rd|th)?\s+(?:of\s+)?|\.\s*|-)([^\W\d_]+)(?:\.|-)?(?:,?\s*(\d{4})(?!\w))?(?!\w)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?(?![\w:]|[.,]\d)")
_ORDINAL = re.compile(r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)(?!\w)")
_NUMBERED = re.compile(r"(?:am|den|vom)\s+(\d{1,2})\.(?!\s?\d)")


@dataclass(frozen=True)
class Written:
    """A date at a place of the words: it ends at `end`. `days`: what it may be; none where there is no such date near
    today. `loose`: the same words may as well be a number or the beginning of a note."""

    end: int
    days: tuple[date, ...]
    loose: bool = False


def written(said: str, place: int, today: date, *, past: bool) -> Written | None:
    """The date that stands at a place of `plain` words."""
    return (
        _with_month(said, place, today)
        or _year_first(said, place, today)
        or _two_numbers(said, place, today, past=past)
        or _in_this_month(said, place, today, past=past)
    )


def _year_first(said: str, place: int, today: date) -> Written | None:
    if match := _RUN_TOGETHER.match(said, place):
        days = _near(int(match[3]), int(match[2]), match[1], today)
        return Written(match.end(), days) if days else None
    match = _YEAR_FIRST.match(said, place)
    return Written(match.end(), _near(int(match[4]), int(match[3]), match[1], today)) if match else None


def _with_month(said: str, place: int, today: date) -> Written | None:
    known = daynames.months()
    if (match := _DAY_FIRST.match(said, place)) and match[2] in known:
        return Written(match.end(), _near(int(match[1]), known[match[2]], match[3], today))
    if (match := _MONTH_FIRST.match(said, place)) and match[1] in known:
        return Written(match.end(), _near(int(match[2]), known[match[1]], match[3], today))
    return None


def _two_numbers(said: str, place: int, today: date, *, past: bool) -> Written | None:
    if match := _DOTTED.match(said, place):
        return Written(match.end(), _near(int(match[1]), int(match[2]), match[3] or match[4], today))
    if match := _OPEN.match(said, place):
        days = _near(int(match[1]), int(match[2]), None, today)
        return Written(match.end(), days, loose=True) if days else None
    match = _SLASHED.match(said, place) or _DASHED.match(said, place)
    if not match:
        return None
    one, other, year = match.groups()
    pairs = ((int(one), int(other)), (int(other), int(one)))
    either = sorted({day for pair in pairs for day in _near(*pair, year, today)})
    behind = [day for day in either if day <= today]
    if year and past and behind:
        # An entry cannot be for a day to come.
        either = behind
    return Written(match.end(), tuple(either)) if either else None


def _in_this_month(said: str, place: int, today: date, *, past: bool) -> Written | None:
    """The 12th: the last one, or of days to come the next one; today included."""
    match = _ORDINAL.match(said, place) or _NUMBERED.match(said, place)
    if not match or not 1 <= int(match[1]) <= 31 or _with_month(said, match.start(1), today):
        return None
    day = next(day for day in _days_from(today, -DAY if past else DAY) if day.day == int(match[1]))
    return Written(match.end(), (day,), loose=not said.startswith(("am", "den", "vom"), place))


def _days_from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step


def _near(day: int, month: int, year: str | None, today: date) -> tuple[date, ...]:
    """The date; without a year the one nearest to today. None where there is no such date near today."""
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year - 1, today.year + 2)
    readings = [found for year_ in years if (found := _date(year_, month, day)) and abs(found - today) <= NEAR]
    return tuple(sorted(readings, key=lambda found: (abs(found - today), found))[:1])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
