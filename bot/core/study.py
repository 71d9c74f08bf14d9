"""A learner on a roadmap: everything that can be said of it, derived from the ledger and the commitments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from itertools import chain, islice

from bot.core.calendar import DAY, WEEK, Weeks
from bot.core.commitment import Commitments, WeekOwed
from bot.core.ids import EnrollmentId
from bot.core.ledger import Entry, minutes_by_day
from bot.core.lines import Days, Lines
from bot.core.met import EnrollmentHours, Recorded, hours_of, met_before_a_change
from bot.core.plans import Plans
from bot.core.position import Position, covered_by
from bot.core.streak import Week, streak, together
from bot.core.summary import Kept, Summary, summarize
from roadmap.model import Item, Module, Roadmap
from roadmap.schedule import DatedWeek, dated_weeks

PACE_WEEKS = 4
"""The pace is taken over this many weeks of days that owed something or had hours."""
PACE_BACK = 26 * 7
"""Days looked back for them at most."""


@dataclass(frozen=True)
class Study:
    """One enrollment with its history. All dates are the learner's local dates, all amounts minutes."""

    enrollment: EnrollmentId
    roadmap: Roadmap
    start: date
    commitments: Commitments
    entries: Sequence[Entry]
    """All lines of the ledger; `Lines` are read when first looked at, which most commands need not do."""
    relieved: int = 0
    """Minutes that are owed no more since an adjustment of the plan."""
    first: Roadmap | None = None
    """The version that the study began with, if another one is followed now."""
    versions: Mapping[str, Roadmap] = field(default_factory=dict)
    """The versions that were followed later, by the names that the ledger has for them; `roadmap` is the last."""
    beside: tuple["Study", ...] = ()
    """The learner's other enrollments, which are not followed at present."""
    joined_at: datetime | None = None
    """When the enrollment came to the learner by a merge; None if it was always theirs."""
    kept: Kept | None = None
    """What is known of the ledger without reading it; None: everything is derived from its lines."""

    @cached_property
    def plans(self) -> Plans:
        """The versions of the roadmap that were followed."""
        return Plans(self.first or self.roadmap, self.versions, self.roadmap)

    @cached_property
    def summary(self) -> Summary:
        """What is derived from the order of the ledger's lines."""
        return self.kept.summary if self.kept else summarize(self.entries, self.plans)

    def plus(self, *entries: Entry) -> "Study":
        """The study with more lines, written or only imagined. Versions that they take must be in `versions`."""
        lines = (self.entries if isinstance(self.entries, Lines) else Lines(lambda: self.entries)).plus(entries)
        return replace(self, entries=lines, kept=self.kept and self.kept.plus(entries, lines, self.plans))

    @cached_property
    def position(self) -> Position:
        """What the learner's hours have covered."""
        return covered_by(self.summary.crediting)

    @property
    def again(self) -> Entry | None:
        """The entry that last began the roadmap anew; None if there is none."""
        return self.summary.again

    @property
    def began(self) -> date:
        """The first day of the plan: the start, or the day on which the roadmap was last begun anew."""
        return self.again.day if self.again else self.start

    @property
    def item(self) -> str:
        """The id of the item that hours without a name are credited to; the last one if all is covered."""
        current = self.position.current
        return current.part.item if current else self.roadmap.parts[-1].item

    def item_of(self, id_: str) -> Item | None:
        """An item of any version that was followed, as in the newest version that has it; None if none has."""
        return self.plans.item(id_)

    def title(self, id_: str) -> str:
        """The title of such an item; its id if no version has it."""
        item = self.item_of(id_)
        return item.title if item else id_

    def module_title(self, id_: str) -> str:
        """The title of a module of any version that was followed; its id if no version has it."""
        return self.plans.module_title(id_)

    def finished_before(self, day: date) -> bool:
        """Whether the roadmap was finished before `day`, with no entries since."""
        return self.position.finished and (self.summary.last_day or date.min) < day

    @property
    def module(self) -> Module:
        """The module of the current item."""
        return self.roadmap.module_of[self.item]

    @property
    def roadmap_week(self) -> int:
        """The week of the roadmap that the learner has reached, from 1 to `roadmap.weeks`."""
        current = self.position.current
        return current.part.week if current else self.roadmap.weeks

    @property
    def roadmap_weeks(self) -> frozenset[int]:
        """The weeks of the roadmap that the learner has reached in their own order of modules."""
        return self.position.weeks_reached or frozenset(range(1, self.roadmap.weeks + 1))

    @property
    def calendar(self) -> Weeks:
        """How the learner's weeks are laid out."""
        return self.commitments.weeks

    @property
    def by_day(self) -> Mapping[date, int]:
        """Minutes logged on this roadmap, by local date."""
        return self._days.all

    @cached_property
    def _days(self) -> Days:
        return self.kept.days if self.kept else Days({}, date.max, lambda: minutes_by_day(self.entries))

    def minutes_on(self, day: date) -> int:
        """Minutes logged on this roadmap on a local date."""
        return self._days.on(day)

    @property
    def logged(self) -> int:
        """All minutes logged on this roadmap."""
        return self.summary.logged

    @cached_property
    def _enrollment_hours(self) -> EnrollmentHours:
        return EnrollmentHours(self.commitments, cache(self._hours), self.joined_at)

    def _hours(self, monday: date) -> Sequence[Recorded]:
        last = self.calendar.last_of(monday)
        lines = self.kept.between(monday, last) if self.kept else self.entries
        return hours_of(entry for entry in lines if monday <= entry.day <= last)

    def week(self, day: date) -> Week:
        """The week in which `day` lies, on this roadmap; whether it was met before a change, over all of them."""
        own = self._own_week(self.calendar.first_of(day))
        return replace(own, before=self.whole_week(day).before)

    def whole_week(self, day: date) -> Week:
        """The week in which `day` lies, over all the learner's roadmaps: the basis of streaks."""
        return self._whole_week(self.calendar.first_of(day))

    @cached_property
    def _whole_week(self) -> Callable[[date], Week]:
        return cache(self._week_of_all)

    def _week_of_all(self, monday: date) -> Week:
        studies = (self, *self.beside)
        week = together([study._own_week(monday) for study in studies])
        if week.met or not week.logged:
            return week
        return replace(week, before=met_before_a_change([study._enrollment_hours for study in studies], monday))

    @cached_property
    def _own_week(self) -> Callable[[date], Week]:
        return cache(self._week_alone)

    def _week_alone(self, monday: date) -> Week:
        target = self.commitments.target(monday)
        short = self.calendar.next(monday) - monday < WEEK
        partial = short or self.commitments.paused(monday) or monday < self.start
        return Week(monday, target, sum(map(self.minutes_on, self.calendar.days(monday))), partial)

    def week_number(self, day: date) -> int:
        """The number of the learner's week in which `day` lies; the first week of the plan is 1."""
        if day < self.began:
            return (self.calendar.first_of(day) - self.calendar.first_of(self.began)) // WEEK + 1
        return self.calendar.count(self.began, day)

    def weeks(self, today: date) -> list[Week]:
        """Every week from the first start to today's, over all the learner's roadmaps."""
        first = min(study.start for study in (self, *self.beside))
        return [self.whole_week(monday) for monday in self.calendar.between(first, today)]

    def streak(self, today: date) -> int:
        """The number of weeks met in a row, over all the learner's roadmaps."""
        return streak(self.weeks(today), self.calendar.first_of(today))

    def balance(self, today: date) -> int:
        """Minutes ahead of the plan (positive) or behind it (negative).

        A week's target is due when the week is over: this week's hours first pay what earlier weeks left open, and
        count as ahead only beyond this week's target. What was left out of the plan reduces a debt, but puts nobody
        ahead.
        """
        surplus = self.position.covered - (self.owed(today) - self.relieved)
        if surplus < 0:
            return min(0, surplus + self.position.left_out)
        return max(0, surplus - self.commitments.target(self.calendar.first_of(today)))

    def owed(self, today: date) -> int:
        """Minutes owed by the weeks that are over; at most the whole plan and what an adjustment relieved."""
        return min(self._owed(today), self.position.total + self.position.left_out + self.relieved)

    def _owed(self, today: date) -> int:
        first, current = self.calendar.first_of(self.began), self.calendar.first_of(today)
        rest = self.commitments.targets(self.calendar.next(first), current - DAY)
        return self.owed_of(first) + rest if first < current else 0

    def owed_of(self, monday: date) -> int:
        """Minutes that a week of the plan owes: its target.

        The week in which the roadmap was begun anew owes its days from then on, at most what was left of its target.
        """
        target = self.commitments.target(monday)
        if self.again is None or monday != self.calendar.first_of(self.began):
            return target
        sevenths = self.commitments.sevenths(self.began, self.calendar.last_of(monday))
        return min((sevenths + 3) // 7, self.left_when_begun)

    @property
    def left_when_begun(self) -> int:
        """Minutes that were left of a week's target when the roadmap was begun anew in it."""
        monday = self.calendar.first_of(self.began)
        done = sum(minutes for day, minutes in self.summary.around.items() if monday <= day)
        return max(0, self.commitments.target(monday) - done)

    def debt(self, today: date) -> int:
        """Minutes owed by the weeks that are over and not yet covered, relieved or left out; never negative."""
        return max(0, self._open(self.owed(today)))

    def _open(self, owed: int) -> int:
        return owed - self.relieved - self.position.covered - self.position.left_out

    def relief(self, today: date) -> int:
        """The minutes to relieve so that no debt is left and this week's hours count for this week again."""
        if not self.debt(today):
            return 0
        # All that the weeks owed, which may be more than the plan has: no later week must find it open again.
        return self._open(self._owed(today)) + min(self.week(today).logged, self.position.covered)

    @property
    def trimmed(self) -> tuple[Entry, ...]:
        """The "trim" entries in force: items that were left out of the plan and did not come back."""
        return self.summary.trims

    @cached_property
    def modules_left_out(self) -> frozenset[str]:
        """The ids of modules that were left out of the plan entirely."""
        return frozenset(module.id for module in self.roadmap.modules if self.position.leaves_out(module))

    def finish(self, today: date) -> date | None:
        """The day on which the plan is covered at the present commitments; None if they end before that.

        This week counts with what is open of its target; each later day with a seventh of its commitment.
        """
        week = self.week(today)
        last = self.calendar.last_of(week.monday)
        left = (self.position.left - max(0, week.target - week.logged)) * 7
        if left <= 0:
            return last if self.position.left else today
        return self.commitments.owing(last + DAY, left)

    def pace_days(self, today: date) -> list[date]:
        """The days that the pace is measured on, newest first: the last 28 that owed something or had hours.

        So a pause or an illness does not lower the pace. At most half a year back, never before the start.
        """
        first = max(self.start, today - (PACE_BACK - 1) * DAY)
        back = (today - n * DAY for n in range((today - first).days + 1))
        counted = (day for day in back if self.commitments.on(day) or self.minutes_on(day))
        return list(islice(counted, 7 * PACE_WEEKS))

    def pace(self, today: date) -> int:
        """Minutes a week on the days of `pace_days`, counted as at least seven days."""
        days = self.pace_days(today)
        return sum(map(self.minutes_on, days)) * 7 // max(7, len(days))

    def finish_at_pace(self, today: date) -> date | None:
        """The day on which the plan is covered at that pace; None if that never comes. Days that will owe nothing, as
        far as known, are skipped."""
        if not self.position.left:
            return today
        pace = self.pace(today)
        return self.commitments.after_owing(today, -(-self.position.left * 7 // pace)) if pace else None

    def plan(self, today: date) -> list[DatedWeek]:
        """The weeks to come, beginning with the current one, each with the parts it is for."""
        week = self.week(today)
        first = WeekOwed(week.monday, max(0, week.target - week.logged))
        left = self.position.coming(self.position.left)
        return dated_weeks(left, chain([first], self.commitments.weeks_from(self.calendar.next(week.monday))))
