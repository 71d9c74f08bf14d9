"""Where a group is on its roadmap: its own calendar, in the hours a week that the roadmap is made for."""

from datetime import date, timedelta
from typing import NamedTuple

from bot.core.calendar import WEEK, monday_of
from bot.core.group import Group
from roadmap.model import Roadmap
from roadmap.schedule import DatedWeek, dated_weeks


class GroupWeek(NamedTuple):
    """A week of a group, counted from 1, and what it is for."""

    number: int
    week: DatedWeek


def group_week(group: Group, roadmap: Roadmap, today: date) -> GroupWeek | None:
    """The group's week that `today` is in; None before its first and after its last."""
    first = monday_of(group.start or today)
    number = (monday_of(today) - first).days // 7
    if number < 0:
        return None
    left = [(part, part.minutes) for part in roadmap.parts]
    mondays = ((first + n * WEEK, roadmap.minutes_per_week) for n in range(number + 1))
    weeks = dated_weeks(left, mondays)
    return GroupWeek(number + 1, weeks[number]) if number < len(weeks) else None


def sunday_of(monday: date) -> date:
    """The last day of a week."""
    return monday + timedelta(days=6)
