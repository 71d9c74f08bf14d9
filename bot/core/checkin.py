"""The weekly question and its answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.calendar import MONDAYS, Weeks, instant

Feeling = Literal["done", "partly", "stuck", "away"]


@dataclass(frozen=True)
class CheckIn:
    """The learner's answer about the week that begins on `monday` (on their own first weekday, if that is another)."""

    monday: date
    feeling: Feeling
    answered_at: datetime
    note: str | None = None


LOOKS_BACK = timedelta(days=2)
"""On so many first days of a week the question is about the week that ended."""


def week_asked(day: date, weeks: Weeks = MONDAYS) -> date:
    """The first day of the week that a check-in on `day` is about: the previous week on a week's first two days,
    else the current one."""
    return weeks.first_of(day - LOOKS_BACK)


def closes(monday: date, weekdays: Collection[int], at: time, zone: ZoneInfo, weeks: Weeks = MONDAYS) -> datetime:
    """The instant after which the answer for the week of `monday` no longer changes: the first check-in about the
    week after it."""
    first = weeks.next(monday) + LOOKS_BACK
    day = min(first + timedelta(days=(weekday - first.weekday()) % 7) for weekday in weekdays)
    return instant(day, at, zone)
