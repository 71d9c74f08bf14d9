"""How much a learner means to study: minutes a week, from a date on. 0 is a pause."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bot.core.calendar import DAY, WEEK, monday_of

LEAST, MOST = 2 * 60, 20 * 60
"""Minutes a week a learner may choose (the roadmap's own range: 2 to 20 hours)."""


@dataclass(frozen=True)
class Commitment:
    """`minutes` a week from `since` on, until another commitment takes over."""

    since: date
    minutes: int


@dataclass(frozen=True)
class Commitments:
    """A history of commitments, in the order in which they were made; nothing is ever changed in it.

    On a given day the one made last among those that have begun is in force. So a change made today replaces what was
    planned for later (a pause's end, say), and can never touch the past.
    """

    made: tuple[Commitment, ...]
    absences: tuple[tuple[date, date], ...] = ()
    """First and last days of illnesses declared afterwards: nothing is owed on them."""
    pauses: tuple[tuple[date, date], ...] = ()
    """First and last days of pauses planned ahead: nothing is owed on them, whatever is committed meanwhile."""

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
        return self._steps[begun - 1].minutes if begun and not (self.absent(day) or self.planned_pause(day)) else 0

    def absent(self, day: date) -> bool:
        """Whether an absence was declared for `day`."""
        return any(first <= day <= last for first, last in self.absences)

    def paused_on(self, day: date) -> bool:
        """Whether `day` lies in a pause, begun at once or planned ahead; an illness is none."""
        begun = bisect_right(self._sinces, day)
        return self.planned_pause(day) or (begun > 0 and self._steps[begun - 1].minutes == 0)

    def planned_pause(self, day: date) -> bool:
        """Whether `day` lies in a pause that was planned ahead."""
        return any(first <= day <= last for first, last in self.pauses)

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

    def returns(self, today: date) -> date | None:
        """The day on which a pause in force today ends, if that is settled."""
        if self.on(today) or (self.absent(today) and not self.planned_pause(today)):
            return None
        return next((day for day, minutes in self.days_from(today) if minutes), None)

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

    @cached_property
    def _last(self) -> date | None:
        """The last day on which something changes."""
        return max((*self._sinces[-1:], *(last + DAY for _, last in self.absences + self.pauses)), default=None)

    def _changes_in(self, monday: date) -> bool:
        changes = bisect_right(self._sinces, monday) < bisect_left(self._sinces, monday + WEEK)
        return changes or any(first < monday + WEEK and monday <= last for first, last in self.absences + self.pauses)


def planned(commitments: Commitments, mondays: Iterable[date]) -> int:
    """Minutes owed in all these weeks together."""
    return sum(commitments.target(monday_of(monday)) for monday in mondays)
