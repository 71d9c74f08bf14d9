"""The weekly question and its answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.calendar import WEEK, instant, monday_of

Feeling = Literal["done", "partly", "stuck", "away"]


@dataclass(frozen=True)
class CheckIn:
    """How the week of `monday` went, in the learner's word."""

    monday: date
    feeling: Feeling
    answered_at: datetime
    note: str | None = None


LOOKS_BACK = timedelta(days=2)
"""On so many first days of a week the question is about the week that ended."""


def week_asked(day: date) -> date:
    """The Monday of the week that a check-in on `day` is about: from Wednesday on the running one."""
    return monday_of(day - LOOKS_BACK)


def closes(monday: date, weekdays: Collection[int], at: time, zone: ZoneInfo) -> datetime:
    """When the answer for the week of `monday` is final: with the first check-in about the week after it."""
    first = monday + WEEK + LOOKS_BACK
    day = min(first + timedelta(days=(weekday - first.weekday()) % 7) for weekday in weekdays)
    return instant(day, at, zone)
