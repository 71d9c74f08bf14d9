"""How many minutes a week a learner commits to, from a date on. 0 is a pause."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import DAY, MONDAYS, WEEK, Weeks, instant
from bot.core.stretches import Stretches

LEAST, MOST = 2 * 60, 20 * 60
"""Minutes a week a learner may choose (the roadmap's own range: 2 to 20 hours)."""


class OutOfRange(ValueError):
    """Fewer minutes a week than `LEAST`, or more than `MOST`."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def check(minutes: int) -> None:
    """Raise `OutOfRange` unless a learner may choose so many minutes a week."""
    if not LEAST <= minutes <= MOST:
        raise OutOfRange(minutes)


@dataclass(frozen=True)
class Commitment:
    """`minutes` a week from the date `since` on, until another commitment replaces it.

    `made_at` is when it was made; None for one that the enrollment began with.
    """

    since: date
    minutes: int
    made_at: datetime | None = field(default=None, compare=False)


class WeekOwed(NamedTuple):
    """The first day of a week, and the minutes that it owes."""

    begins: date
    minutes: int


class Absent(NamedTuple):
    """The first and last day of an absence, when it was declared (None: at the beginning) and when it was taken
    back."""

    first: date
    last: date
    declared_at: datetime | None = None
    taken_back_at: datetime | None = None

    def in_force_before(self, moment: datetime) -> bool:
        """Whether it had been declared, and not yet taken back, before an instant."""
        declared = self.declared_at is None or self.declared_at < moment
        return declared and (self.taken_back_at is None or self.taken_back_at >= moment)


@dataclass(frozen=True)
class Commitments:
    """A history of commitments, in the order in which they were made; nothing is ever changed in it.

    On a given day the one made last among those that have begun is in force. So a change made today replaces what was
    planned for later (a pause's end, say), and can never touch the past.
    """

    made: tuple[Commitment, ...]
    absences: tuple[Absent, ...] = ()
    """Illnesses declared afterwards, without those taken back: nothing is owed on their days."""
    pauses: tuple[Absent, ...] = ()
    """Pauses planned ahead, with those taken back: nothing is owed on their days, whatever is committed meanwhile."""
    weeks: Weeks = MONDAYS
    """The weeks that are summed over: the learner's own, or those of groups."""

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

    @cached_property
    def _stretches(self) -> Stretches:
        absent = self._absences_in_force
        ends = (day for gone in absent for day in (gone.first, gone.last + DAY))
        return Stretches.of({day: self._on(day) for day in sorted({*self._sinces, *ends})})

    def _on(self, day: date) -> int:
        begun = bisect_right(self._sinces, day)
        gone = any(absence.first <= day <= absence.last for absence in self._absences_in_force)
        return self._steps[begun - 1].minutes if begun and not gone else 0

    def on(self, day: date) -> int:
        """Minutes a week in force on `day`; 0 in a pause and before the first commitment."""
        return self._stretches.on(day)

    def idle(self, day: date) -> Literal["ill", "pause", "before"] | None:
        """Why nothing is owed on `day`; None where something is. An illness within a pause is a pause."""
        if self.on(day):
            return None
        if not self._sinces or day < self._sinces[0]:
            return "before"
        return "ill" if self.committed.on(day) else "pause"

    def absent(self, day: date) -> bool:
        """Whether an absence was declared for `day`."""
        return any(absence.first <= day <= absence.last for absence in self.absences)

    def planned_pause(self, day: date) -> bool:
        """Whether `day` lies in a pause that was planned ahead."""
        return any(absence.first <= day <= absence.last and absence.taken_back_at is None for absence in self.pauses)

    def target(self, monday: date) -> int:
        """Minutes owed in the week of `monday`: each day carries a seventh of the commitment in force on it."""
        return (self.sevenths(monday, self.weeks.last_of(monday)) + 3) // 7

    def targets(self, first: date, last: date) -> int:
        """The sum of the targets of every week from the one that begins on `first` to the one of `last`."""
        total, monday = 0, first
        while monday <= last:
            # All whole weeks up to the next change of anything owe the same.
            same = min(self._stretches.until(monday), self.weeks.until(monday), last + WEEK)
            whole = (same - monday) // WEEK
            total += whole * self.on(monday) if whole else self.target(monday)
            monday = monday + whole * WEEK if whole else self.weeks.next(monday)
        return total

    def paused(self, monday: date) -> bool:
        """Whether any day of the week, once begun, was a pause."""
        if not self._steps:
            return False
        day, last = max(monday, self._sinces[0]), self.weeks.last_of(monday)
        while day <= last and self.on(day):
            day = self._stretches.until(day)
        return day <= last

    def before(self, moment: datetime) -> "Commitments":
        """The history as it was before an instant."""
        return Commitments(
            tuple(commitment for commitment in self.made if commitment.made_at is None or commitment.made_at < moment),
            tuple(absence for absence in self.absences if absence.in_force_before(moment)),
            tuple(absence._replace(taken_back_at=None) for absence in self.pauses if absence.in_force_before(moment)),
            self.weeks,
        )

    def when_began(self, monday: date, zone: ZoneInfo) -> "Commitments":
        """What had been committed when the week of `monday` began in the learner's zone.

        What is said today is in force today: whatever began on an earlier day was said before the week. Illnesses are
        declared afterwards, so none was known then. A planned pause counts that was declared before the week and taken
        back in it or later.
        """
        pauses = [absence for absence in self.pauses if absence.first < monday + WEEK and monday <= absence.last]
        if not pauses and not self._changed_since(monday):
            return self.committed
        began = instant(monday, time(), zone)
        return Commitments(
            tuple(
                commitment
                for commitment in self.made
                if commitment.since < monday or commitment.made_at is None or commitment.made_at < began
            ),
            pauses=tuple(absence._replace(taken_back_at=None) for absence in pauses if absence.in_force_before(began)),
        )

    def pause_weeks(self, first: date, last: date) -> set[date]:
        """The Mondays of weeks between these days that planned pauses reach into, those taken back included."""
        spans = ((max(absence.first, first), min(absence.last, last)) for absence in self.pauses)
        return {monday for since, until in spans for monday in self.weeks.between(since, until)}

    def at_first(self) -> "Commitments":
        """What was said at the very beginning, from the first day on (which a change of zone may have moved)."""
        since = min(commitment.since for commitment in self.made)
        undated = tuple(commitment for commitment in self.made[1:] if commitment.made_at is None)
        return Commitments((replace(self.made[0], since=since), *undated))

    def sevenths(self, first: date, last: date) -> int:
        """Minutes owed on these days, times seven."""
        return self._stretches.sum(first, last)

    @cached_property
    def committed(self) -> "Commitments":
        """The same history without illnesses, which are declared afterwards."""
        return replace(self, absences=()) if self.absences else self

    def _changed_since(self, monday: date) -> bool:
        return any(commitment.since >= monday for commitment in self.made)

    def changed(self, monday: date) -> frozenset[datetime]:
        """The instants at which a commitment or an absence was recorded that affects the week of `monday`."""
        return self._changed.get(monday, frozenset())

    @cached_property
    def _changed(self) -> dict[date, frozenset[datetime]]:
        by_week: dict[date, set[datetime]] = {}
        for commitment in self.made:
            if commitment.made_at:
                by_week.setdefault(self.weeks.first_of(commitment.since), set()).add(commitment.made_at)
        for absence in self.absences + self.pauses:
            instants = {at for at in (absence.declared_at, absence.taken_back_at) if at}
            for monday in self.weeks.between(absence.first, absence.last):
                by_week.setdefault(monday, set()).update(instants)
        return {monday: frozenset(at) for monday, at in by_week.items()}

    def returns(self, today: date) -> date | None:
        """The day on which a pause in force today ends, if that is settled."""
        if self.on(today) or (self.absent(today) and not self.planned_pause(today)):
            return None
        return self.next_owing(today)

    def usual(self) -> int:
        """Minutes a week chosen last; a pause is no choice, and a return from one chooses what was before it."""
        return next((commitment.minutes for commitment in reversed(self.made) if commitment.minutes), 0)

    def next_owing(self, day: date) -> date | None:
        """The first day from `day` on that owes something; None if there is none."""
        return self._stretches.next_owing(day)

    def owing(self, day: date, sevenths: int) -> date | None:
        """The day by which the days from `day` on have owed so many minutes times seven; None if they never do."""
        return self._stretches.reaching(day, sevenths)

    def changes(self, since: date) -> list[date]:
        """`since`, and every later day on which other minutes a week may begin, in order."""
        ends = (day for absence in self._absences_in_force for day in (absence.first, absence.last + DAY))
        return [since, *sorted({day for day in (*self._sinces, *ends) if day > since})]

    def weeks_from(self, monday: date) -> Iterator[WeekOwed]:
        """Every week from `monday` on with its target; ends where nothing will ever be owed again."""
        if self.weeks.first_of(monday) != monday:
            monday = self.weeks.next(monday)
        last = self._last or monday
        while monday <= last or self.on(monday):
            yield WeekOwed(monday, self.target(monday))
            monday = self.weeks.next(monday)

    def after_owing(self, today: date, days: int) -> date | None:
        """The day after `today` on which so many days have owed something; None where that never comes."""
        return self._stretches.owing_days(today + DAY, days) if days else today

    @cached_property
    def _last(self) -> date | None:
        """The last day on which something changes."""
        return max((*self._sinces[-1:], *(absence.last + DAY for absence in self._absences_in_force)), default=None)

    @cached_property
    def _absences_in_force(self) -> tuple[Absent, ...]:
        """Illnesses and planned pauses in force."""
        return (*self.absences, *(absence for absence in self.pauses if absence.taken_back_at is None))
