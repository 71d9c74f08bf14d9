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


def written(text: str, place: int, today: date, *, past: bool) -> Written | None:
    """The date at a place of `plain` words; None where there is none."""
    return (
        _with_month(text, place, today)
        or _year_first(text, place, today)
        or _two_numbers(text, place, today, past=past)
        or _in_this_month(text, place, today, past=past)
    )


def _year_first(text: str, place: int, today: date) -> Written | None:
    if match := _RUN_TOGETHER.match(text, place):
        days = _near(int(match[3]), int(match[2]), match[1], today)
        return Written(match.end(), days) if days else None
    match = _YEAR_FIRST.match(text, place)
    return Written(match.end(), _near(int(match[4]), int(match[3]), match[1], today)) if match else None


def _with_month(text: str, place: int, today: date) -> Written | None:
    known = daynames.months()
    if (match := _DAY_FIRST.match(text, place)) and match[2] in known:
        return Written(match.end(), _near(int(match[1]), known[match[2]], match[3], today))
    if (match := _MONTH_FIRST.match(text, place)) and match[1] in known:
        return Written(match.end(), _near(int(match[2]), known[match[1]], match[3], today))
    return None


def _two_numbers(text: str, place: int, today: date, *, past: bool) -> Written | None:
    if match := _DOTTED.match(text, place):
        return Written(match.end(), _near(int(match[1]), int(match[2]), match[3] or match[4], today))
    if match := _OPEN.match(text, place):
        days = _near(int(match[1]), int(match[2]), None, today)
        return Written(match.end(), days, loose=True) if days else None
    match = _SLASHED.match(text, place) or _DASHED.match(text, place)
    if not match:
        return None
    first, other, year = match.groups()
    pairs = ((int(first), int(other)), (int(other), int(first)))
    either = sorted({day for pair in pairs for day in _near(*pair, year, today)})
    behind = [day for day in either if day <= today]
    if year and past and behind:
        # An entry cannot be for a day to come.
        either = behind
    return Written(match.end(), tuple(either)) if either else None


def _in_this_month(text: str, place: int, today: date, *, past: bool) -> Written | None:
    """The 12th: the last one, or of days to come the next one; today included."""
    match = _ORDINAL.match(text, place) or _NUMBERED.match(text, place)
    if not match or not 1 <= int(match[1]) <= 31 or _with_month(text, match.start(1), today):
        return None
    day = next(day for day in _days_from(today, -DAY if past else DAY) if day.day == int(match[1]))
    return Written(match.end(), (day,), loose=not text.startswith(("am", "den", "vom"), place))


def _days_from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step


def _near(day: int, month: int, year: str | None, today: date) -> tuple[date, ...]:
    """The date; without a year the one nearest to today. None where there is no such date near today."""
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year - 1, today.year + 2)
    readings = [
        candidate for year_ in years if (candidate := _date(year_, month, day)) and abs(candidate - today) <= NEAR
    ]
    return tuple(sorted(readings, key=lambda candidate: (abs(candidate - today), candidate))[:1])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
