"""A learner on a roadmap: everything that can be said of it, derived from the ledger and the commitments."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain, islice

from bot.core.calendar import DAY, WEEK, Weeks
from bot.core.commitment import Commitments
from bot.core.ledger import Entry, begun_again, effective, minutes_by_day, minutes_by_week
from bot.core.met import Way, hours_by_week, met_before_a_change
from bot.core.position import Position, position
from bot.core.streak import Week, streak, together
from roadmap.model import Item, Module, Roadmap
from roadmap.schedule import DatedWeek, dated_weeks

PACE_WEEKS = 4
"""The pace is taken over this many weeks of days that owed something or had hours."""
PACE_BACK = 26 * 7
"""Days looked back for them at most."""


@dataclass(frozen=True)
class Study:
    """One enrollment with its history. All dates are the learner's local dates, all amounts minutes."""

    enrollment: int
    roadmap: Roadmap
    start: date
    commitments: Commitments
    entries: tuple[Entry, ...]
    relieved: int = 0
    """Minutes that are owed no more, because the plan was bent when they were behind."""
    first: Roadmap | None = None
    """The version that the study began with, where another one is followed now."""
    versions: Mapping[str, Roadmap] = field(default_factory=dict)
    """The versions that were followed later, by the names that the ledger has for them; `roadmap` is the last."""
    beside: tuple["Study", ...] = ()
    """The learner's other roadmaps, which rest."""
    joined_at: datetime | None = None
    """Until then it was another learner's, who has become the same person; None where it never was."""

    @cached_property
    def position(self) -> Position:
        """What the hours have covered."""
        return position((self.first or self.roadmap).parts, self.entries, self.versions, self._modules)

    @cached_property
    def _modules(self) -> dict[str, set[str]]:
        """The items of each module, in every version that was followed."""
        found: dict[str, set[str]] = {}
        for track in (self.first or self.roadmap, self.roadmap, *self.versions.values()):
            for module in track.modules:
                found.setdefault(module.id, set()).update(item.id for item in module.items)
        return found

    @cached_property
    def again(self) -> Entry | None:
        """With which the roadmap was begun anew, where it was."""
        return begun_again(self.entries)

    @property
    def began(self) -> date:
        """The first day of the plan: the start, or the day of the last new beginning."""
        return self.again.day if self.again else self.start

    @property
    def logged_before(self) -> int:
        """Minutes logged before the last new beginning; they count for totals, not for the plan."""
        return sum(entry.minutes for entry in self._around_again[0])

    @cached_property
    def _around_again(self) -> tuple[list[Entry], list[Entry]]:
        """The entries that count, from before the last new beginning and from after it; all are after none."""
        counting = effective(self.entries)
        if self.again is None:
            return [], counting
        at = counting.index(self.again)
        return counting[:at], counting[at + 1 :]

    @property
    def item(self) -> str:
        """The item that an hour without a name is credited to: the current one, or the last when all is covered."""
        current = self.position.current
        return current.part.item if current else self.roadmap.parts[-1].item

    def item_of(self, id_: str) -> Item | None:
        """An item of any version that was followed, as the newest of them has it."""
        known = (self.roadmap, *reversed([*self.versions.values()]), self.first)
        return next((track.items[id_] for track in known if track and id_ in track.items), None)

    def title(self, id_: str) -> str:
        """The title of such an item; its id where there is none."""
        item = self.item_of(id_)
        return item.title if item else id_

    def module_title(self, id_: str) -> str:
        """The title of a module of any version that was followed; its id where there is none."""
        known = (self.roadmap, *reversed([*self.versions.values()]), self.first)
        return next((m.title for track in known if track for m in track.modules if m.id == id_), id_)

    def finished_before(self, day: date) -> bool:
        """Whether nothing was left of the roadmap before `day`, and nothing was entered since."""
        return self.position.finished and all(entry.day < day for entry in self.entries)

    @property
    def module(self) -> Module:
        """The module of the current item."""
        return self.roadmap.module_of[self.item]

    @property
    def roadmap_week(self) -> int:
        """The roadmap's own week that the learner has reached, 1 to `roadmap.weeks`."""
        current = self.position.current
        return current.part.week if current else self.roadmap.weeks

    @property
    def roadmap_weeks(self) -> frozenset[int]:
        """The roadmap's own weeks that the learner has reached, in their own order of modules."""
        if self.position.finished:
            return frozenset(range(1, self.roadmap.weeks + 1))
        first = next(n for n, covered in enumerate(self.position.parts) if covered.left)
        return frozenset(covered.part.week for covered in self.position.parts[: first + 1])

    @property
    def calendar(self) -> Weeks:
        """The learner's weeks."""
        return self.commitments.weeks

    @cached_property
    def _by_week(self) -> dict[date, int]:
        return minutes_by_week(self.entries, self.calendar)

    @cached_property
    def by_day(self) -> dict[date, int]:
        """Minutes studied here, by local date."""
        return minutes_by_day(self.entries)

    @property
    def logged(self) -> int:
        """All minutes ever studied here."""
        return sum(self._by_week.values())

    @cached_property
    def _way(self) -> Way:
        return Way(self.commitments, hours_by_week(self.entries, self.calendar), self.joined_at)

    def week(self, day: date) -> Week:
        """The week in which `day` lies, on this roadmap; with how it was met on all of them before a change."""
        own = self._own_week(self.calendar.first_of(day))
        return replace(own, before=self.whole_week(day).before)

    def whole_week(self, day: date) -> Week:
        """The week in which `day` lies, over all the learner's roadmaps: what streaks are made of."""
        ways, monday = (self, *self.beside), self.calendar.first_of(day)
        week = together([way._own_week(monday) for way in ways])
        if week.met or not week.logged:
            return week
        return replace(week, before=met_before_a_change([way._way for way in ways], monday))

    def _own_week(self, monday: date) -> Week:
        target = self.commitments.target(monday)
        short = self.calendar.next(monday) - monday < WEEK
        partial = short or self.commitments.paused(monday) or monday < self.start
        return Week(monday, target, self._by_week.get(monday, 0), partial)

    def week_number(self, day: date) -> int:
        """The learner's own week, counted from 1 in the week of the beginning."""
        if day < self.began:
            return (self.calendar.first_of(day) - self.calendar.first_of(self.began)) // WEEK + 1
        return sum(1 for _ in self.calendar.between(self.began, day))

    def weeks(self, today: date) -> list[Week]:
        """Every week from the first start to today's, over all the learner's roadmaps."""
        ways = (self, *self.beside)
        first = min(way.start for way in ways)
        return [self.whole_week(monday) for monday in self.calendar.between(first, today)]

    def streak(self, today: date) -> int:
        """Weeks met in a row, on whichever roadmap."""
        return streak(self.weeks(today), self.calendar.first_of(today))

    def balance(self, today: date) -> int:
        """Minutes ahead of the plan (positive) or behind it (negative).

        A week is owed when it is over: hours of this week first pay what earlier weeks left open, and count as ahead
        only beyond this week's own target. What was left out of the plan makes up for what is open, and puts nobody
        ahead.
        """
        surplus = self.position.covered - (self.owed(today) - self.relieved)
        if surplus < 0:
            return min(0, surplus + self.position.left_out)
        return max(0, surplus - self.commitments.target(self.calendar.first_of(today)))

    def owed(self, today: date) -> int:
        """Minutes owed by the weeks that are over; never more than the whole plan and what was relieved of it."""
        return min(self._owed(today), self.position.total + self.position.left_out + self.relieved)

    def _owed(self, today: date) -> int:
        return sum(map(self.owed_of, self.calendar.between(self.began, self.calendar.first_of(today) - DAY)))

    def owed_of(self, monday: date) -> int:
        """Minutes that a week from the beginning on owes of the plan: its target.

        The week of a new beginning owes its days from then on, and no more than was left of its target.
        """
        target = self.commitments.target(monday)
        if self.again is None or monday != self.calendar.first_of(self.began):
            return target
        return min(
            (self.commitments.sevenths(self.began, self.calendar.last_of(monday)) + 3) // 7, self.left_when_begun
        )

    @property
    def left_when_begun(self) -> int:
        """Minutes that were left of a week's target when the roadmap was begun anew in it."""
        monday = self.calendar.first_of(self.began)
        done = sum(entry.minutes for entry in self._around_again[0] if monday <= entry.day)
        return max(0, self.commitments.target(monday) - done)

    def debt(self, today: date) -> int:
        """Minutes owed by the weeks that are over and neither covered, relieved nor left out; never negative."""
        return max(0, self._open(self.owed(today)))

    def _open(self, owed: int) -> int:
        return owed - self.relieved - self.position.covered - self.position.left_out

    def relief(self, today: date) -> int:
        """Minutes to be owed no more so that nothing is open, and this week's hours count for this week again."""
        if not self.debt(today):
            return 0
        # All that the weeks owed, which may be more than the plan has: no later week must find it open again.
        return self._open(self._owed(today)) + min(self.week(today).logged, self.position.covered)

    @property
    def trimmed(self) -> tuple[Entry, ...]:
        """What was trimmed from the plan and did not come back."""
        return tuple(entry for entry in self._around_again[1] if entry.kind == "trim")

    @cached_property
    def modules_left_out(self) -> frozenset[str]:
        """The ids of modules of which nothing is part of the plan any more."""
        position = self.position
        mine = ((module.id, position.of({item.id for item in module.items})) for module in self.roadmap.modules)
        return frozenset(id_ for id_, of in mine if of.left_out and not of.total)

    def finish(self, today: date) -> date | None:
        """The day on which the plan is covered at the commitments made, or None where none is in force any more.

        This week can still bring what is open of its target; every later day a seventh of its commitment.
        """
        week = self.week(today)
        last = self.calendar.last_of(week.monday)
        left = (self.position.left - max(0, week.target - week.logged)) * 7
        if left <= 0:
            return last if self.position.left else today
        for day, minutes in self.commitments.days_from(last + DAY):
            left -= minutes
            if left <= 0:
                return day
        return None

    def pace_days(self, today: date) -> list[date]:
        """The days that the pace is taken over, newest first: the last 28 that owed something or had hours.

        So a pause or an illness is no slow week. Half a year back at most, never before the start.
        """
        first = max(self.start, today - timedelta(days=PACE_BACK - 1))
        back = (today - timedelta(days=n) for n in range((today - first).days + 1))
        counted = (day for day in back if self.commitments.on(day) or self.by_day.get(day))
        return list(islice(counted, 7 * PACE_WEEKS))

    def pace(self, today: date) -> int:
        """Minutes a week over the days of `pace_days`, of which there are at least seven."""
        days = self.pace_days(today)
        return sum(self.by_day.get(day, 0) for day in days) * 7 // max(7, len(days))

    def finish_at_pace(self, today: date) -> date | None:
        """The day on which the plan is covered at that pace; None at no pace at all, or where nothing is owed again.

        Days to come that owe nothing, as far as that is known, bring nothing.
        """
        if not self.position.left:
            return today
        pace = self.pace(today)
        return self.commitments.after_owing(today, -(-self.position.left * 7 // pace)) if pace else None

    def plan(self, today: date) -> list[DatedWeek]:
        """The weeks still to come, this one first, with what each is for."""
        week = self.week(today)
        first = (week.monday, max(0, week.target - week.logged))
        left = self.position.coming(self.position.left)
        return dated_weeks(left, chain([first], self.commitments.weeks_from(self.calendar.next(week.monday))))
