"""Days, weeks and local times. Weeks run Monday to Sunday (ISO 8601), or as the learner has chosen."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def local_date(now: datetime, zone: ZoneInfo, begins: int = 0) -> date:
    """The local date at the instant `now` (aware), with days that begin `begins` minutes after midnight, local time."""
    local = now.astimezone(zone)
    return local.date() - DAY if local.hour * 60 + local.minute < begins else local.date()


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


BEGINNINGS = (0, 6, 5)
"""The weekdays that a week may begin on: Monday, Sunday, Saturday (0 is Monday)."""


@dataclass(frozen=True)
class Weeks:
    """Where a learner's weeks begin: on Mondays, and from each day of `since` on, oldest first, on its weekday.

    What was chosen takes effect after the week that runs. The days between the end of that week and the first new one
    are a week of their own, with fewer than seven days: docs/decisions/0029-where-weeks-begin.md.
    """

    since: tuple[date, ...] = ()

    def first_of(self, day: date) -> date:
        """The first day of the week that `day` lies in."""
        return day - (day.weekday() - self.begins_on(day)) % 7 * DAY

    def next(self, day: date) -> date:
        """The first day of the week after the one that `day` lies in."""
        regular, changes = self.first_of(day) + WEEK, bisect_right(self.since, day)
        return min(regular, self.since[changes]) if changes < len(self.since) else regular

    def before(self, day: date) -> date:
        """The first day of the week before the one that `day` lies in."""
        return self.first_of(self.first_of(day) - DAY)

    def last_of(self, day: date) -> date:
        """The last day of the week that `day` lies in."""
        return self.next(day) - DAY

    def days(self, day: date) -> list[date]:
        """All days of the week that `day` lies in."""
        first = self.first_of(day)
        return [first + n * DAY for n in range((self.next(day) - first).days)]

    def between(self, first: date, last: date) -> Iterator[date]:
        """The first days of every week from the one of `first` to the one of `last`, both included."""
        day = self.first_of(first)
        while day <= last:
            yield day
            day = self.next(day)

    def until(self, day: date) -> date:
        """The first day after `day` from which weeks begin on another weekday; the last possible date if there is
        none."""
        changes = bisect_right(self.since, day)
        return self.since[changes] if changes < len(self.since) else date.max

    def count(self, first: date, last: date) -> int:
        """The number of weeks from the one of `first` to the one of `last`, both included."""
        weeks, day = 0, self.first_of(first)
        while day <= last:
            whole = (min(self.until(day), last + WEEK) - day) // WEEK
            weeks, day = (weeks + whole, day + whole * WEEK) if whole else (weeks + 1, self.next(day))
        return weeks

    def begins_on(self, day: date) -> int:
        """The weekday (0 is Monday) that weeks begin on, as of `day`."""
        changes = bisect_right(self.since, day)
        return self.since[changes - 1].weekday() if changes else 0

    @property
    def chosen(self) -> int:
        """The weekday that was chosen last, in effect or not yet."""
        return self.since[-1].weekday() if self.since else 0

    def changed(self, today: date, weekday: int) -> "Weeks":
        """The same weeks up to the end of the week of `today`, and from then on weeks that begin on `weekday`.

        A change chosen before that has not taken effect yet is replaced.
        """
        over = self.next(today)
        so_far = Weeks(tuple(day for day in self.since if day <= over))
        if so_far.chosen == weekday:
            return so_far
        return Weeks((*so_far.since, over + (weekday - over.weekday()) % 7 * DAY))


MONDAYS = Weeks()
"""Weeks from Monday to Sunday: those of groups, and of whoever has not chosen others."""


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local time.

    A time that the clocks skip gives the first instant after the gap; a time that comes twice gives the first one.
    """
    local = datetime.combine(day, at)
    early = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == local:
        return early
    # In a gap fold=1 uses the offset after the change, which lands before it: the change lies in between.
    before, after = local.replace(tzinfo=zone, fold=1).astimezone(UTC), early
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
