"""What boards measure a learner by, as stretches of days, so that a database can sum it up for many learners."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import DAY, WEEK, monday_of
from bot.core.commitment import Commitments
from bot.core.group import Member, Studied
from bot.core.ids import LearnerId
from bot.core.stretches import Stretches


class OwedStretch(NamedTuple):
    """Days on which the same is owed, as `date.toordinal`; the first stretch ends before the first commitment.

    `committed` are the minutes a week that had been committed when the week began, of which each day has a seventh;
    `owes` tells whether anything is owed by the present commitments.
    """

    since: int
    until: int
    committed: int
    owes: bool


def owed_stretches(plans: Sequence[Commitments], zone: ZoneInfo) -> list[OwedStretch]:
    """Every day of the calendar, for a learner with these commitments on each of their roadmaps.

    Sums of `committed` are what `bot.core.group.Studied.owed` says of the same days.
    """
    committed, owes = _committed(plans, zone), _owes(plans)
    start = min((commitment.since for plan in plans for commitment in plan.made), default=None)
    days = sorted({date.min, *([start] if start else []), *committed.starts, *owes.starts})
    ends = [*(day.toordinal() - 1 for day in days[1:]), date.max.toordinal()]
    return [
        OwedStretch(day.toordinal(), end, committed.on(day), bool(owes.on(day)))
        for day, end in zip(days, ends, strict=True)
    ]


def _committed(plans: Sequence[Commitments], zone: ZoneInfo) -> Stretches:
    studied = Studied(Member(LearnerId(0), ""), 0, tuple(plans), zone=zone)
    changing = {monday_of(commitment.since) for plan in plans for commitment in plan.made}
    changing = changing.union(*(plan.pause_weeks(date.min, date.max) for plan in plans))
    amounts: dict[date, int] = {}
    for monday in sorted(changing):
        known = studied.committed(monday)
        amounts |= {day: sum(plan.on(day) for plan in known) for day in (monday + n * DAY for n in range(7))}
        if monday + WEEK not in changing:
            amounts[monday + WEEK] = sum(plan.committed.on(monday + WEEK) for plan in plans)
    return Stretches.of(amounts)


def _owes(plans: Sequence[Commitments]) -> Stretches:
    days = sorted({day for plan in plans for day in plan.changes(date.min)})
    return Stretches.of({day: int(any(plan.on(day) for plan in plans)) for day in days})
