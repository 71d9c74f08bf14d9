"""How much a learner means to study: minutes a week, from a date on. 0 is a pause."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import DAY, WEEK, instant, monday_of, weeks_between

LEAST, MOST = 2 * 60, 20 * 60
"""Minutes a week a learner may choose (the roadmap's own range: 2 to 20 hours)."""


@dataclass(frozen=True)
class Commitment:
    """`minutes` a week from `since` on, until another commitment takes over.

    `made_at` is when it was made; None for one that was there from the beginning.
    """

    since: date
    minutes: int
    made_at: datetime | None = field(default=None, compare=False)


class Absent(NamedTuple):
    """First and last day of an absence, and when it was declared; None for one that was there from the beginning."""

    first: date
    last: date
    declared_at: datetime | None = None


@dataclass(frozen=True)
class Commitments:
    """A history of commitments, in the order in which they were made; nothing is ever changed in it.

    On a given day the one made last among those that have begun is in force. So a change made today replaces what was
    planned for later (a pause's end, say), and can never touch the past.
    """

    made: tuple[Commitment, ...]
    absences: tuple[Absent, ...] = ()
    """Absences declared afterwards, without those taken back: nothing is owed on their days."""

    @cached_property
    def _steps(self) -> tuple[Commitment, ...]:
        """The same history as dates on which the minutes really change, oldest first."""
        steps: list[Commitment] = []
        for commitment in self.made:
            steps = [step for step in steps if step.since < commitment.since]
            steps.append(commitment)
        return tuple(steps)

    @cached_property
    def _sinces(self) -> tuple[date, ...]:
        return tuple(step.since for step in self._steps)

    def on(self, day: date) -> int:
        """Minutes a week in force on `day`; 0 in a pause and before the first commitment."""
        begun = bisect_right(self._sinces, day)
        return self._steps[begun - 1].minutes if begun and not self.absent(day) else 0

    def idle(self, day: date) -> Literal["ill", "pause", "before"] | None:
        """Why nothing is owed on `day`; None where something is. An illness within a pause is a pause."""
        if self.on(day):
            return None
        if not self._sinces or day < self._sinces[0]:
            return "before"
        return "ill" if self.committed.on(day) else "pause"

    def absent(self, day: date) -> bool:
        """Whether an absence was declared for `day`."""
        return any(gone.first <= day <= gone.last for gone in self.absences)

    def target(self, monday: date) -> int:
        """Minutes owed in the week of `monday`: each day carries a seventh of the commitment in force on it."""
        daily = [self.on(monday + timedelta(days=n)) for n in range(7)] if self._changes_in(monday) else None
        return (sum(daily) + 3) // 7 if daily else self.on(monday)

    def paused(self, monday: date) -> bool:
        """Whether any day of the week, once begun, was a pause."""
        if not self._steps:
            return False
        days = [monday + timedelta(days=n) for n in range(7)] if self._changes_in(monday) else [monday]
        return any(day >= self._sinces[0] and self.on(day) == 0 for day in days)

    def before(self, moment: datetime) -> "Commitments":
        """What had been said before an instant."""
        return Commitments(
            tuple(made for made in self.made if made.made_at is None or made.made_at < moment),
            tuple(gone for gone in self.absences if gone.declared_at is None or gone.declared_at < moment),
        )

    def when_began(self, monday: date, zone: ZoneInfo) -> "Commitments":
        """What had been committed when the week of `monday` began in the learner's zone.

        What is said today is in force today: whatever began on an earlier day was said before the week. Absences are
        declared afterwards, so none was known then.
        """
        if not self._changed_since(monday):
            return self.committed
        began = instant(monday, time(), zone)
        return Commitments(
            tuple(made for made in self.made if made.since < monday or made.made_at is None or made.made_at < began)
        )

    def at_first(self) -> "Commitments":
        """What was said at the very beginning, from the first day on (which a change of zone may have moved)."""
        since = min(made.since for made in self.made)
        given = tuple(made for made in self.made[1:] if made.made_at is None)
        return Commitments((replace(self.made[0], since=since), *given))

    def sevenths(self, first: date, last: date) -> int:
        """Minutes owed on these days, times seven."""
        return sum(
            self._sevenths_in(monday, max(first, monday), min(last, monday + 6 * DAY))
            for monday in weeks_between(first, last)
        )

    def _sevenths_in(self, monday: date, first: date, last: date) -> int:
        days = (last - first).days + 1
        if self._changes_in(monday):
            return sum(self.on(first + timedelta(days=n)) for n in range(days))
        return self.on(monday) * days

    @cached_property
    def committed(self) -> "Commitments":
        """The same without the absences, which are declared afterwards."""
        return Commitments(self.made) if self.absences else self

    def _changed_since(self, monday: date) -> bool:
        return any(made.since >= monday for made in self.made)

    def changed(self, monday: date) -> frozenset[datetime]:
        """The instants at which something was said that bears on days of the week of `monday`."""
        return self._changed.get(monday, frozenset())

    @cached_property
    def _changed(self) -> dict[date, frozenset[datetime]]:
        said: dict[date, set[datetime]] = {}
        for made in self.made:
            if made.made_at:
                said.setdefault(monday_of(made.since), set()).add(made.made_at)
        for gone in self.absences:
            if gone.declared_at:
                for monday in weeks_between(gone.first, gone.last):
                    said.setdefault(monday, set()).add(gone.declared_at)
        return {monday: frozenset(instants) for monday, instants in said.items()}

    def returns(self, today: date) -> date | None:
        """The day on which a pause in force today ends, if that is settled."""
        if self.on(today) or self.absent(today):
            return None
        return next((step.since for step in self._steps if step.since > today and step.minutes), None)

    def usual(self) -> int:
        """Minutes a week chosen last; a pause is no choice, and a return from one chooses what was before it."""
        return next((made.minutes for made in reversed(self.made) if made.minutes), 0)

    def days_from(self, day: date) -> Iterator[tuple[date, int]]:
        """Every day from `day` on with its minutes a week; ends where nothing will ever be owed again."""
        last = self._last or day
        while day <= last or self.on(day):
            yield day, self.on(day)
            day += DAY

    def weeks_from(self, monday: date) -> Iterator[tuple[date, int]]:
        """Every week from `monday` on with its target; ends where nothing will ever be owed again."""
        monday = monday_of(monday + 6 * DAY)
        last = self._last or monday
        while monday <= last or self.on(monday):
            yield monday, self.target(monday)
            monday += WEEK

    def after_owing(self, today: date, days: int) -> date | None:
        """The day after `today` on which so many days have owed something; None where that never comes."""
        day, last = today, self._last or today
        while days and day < last:
            day += DAY
            days -= bool(self.on(day))
        if not days:
            return day
        return day + timedelta(days=days) if self.on(max(day, last)) else None

    @cached_property
    def _last(self) -> date | None:
        """The last day on which something changes."""
        return max((*self._sinces[-1:], *(gone.last + DAY for gone in self.absences)), default=None)

    def _changes_in(self, monday: date) -> bool:
        changes = bisect_right(self._sinces, monday) < bisect_left(self._sinces, monday + WEEK)
        return changes or any(gone.first < monday + WEEK and monday <= gone.last for gone in self.absences)


def planned(commitments: Commitments, mondays: Iterable[date]) -> int:
    """Minutes owed in all these weeks together."""
    return sum(commitments.target(monday_of(monday)) for monday in mondays)
