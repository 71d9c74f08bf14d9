"""Days, weeks and local times. Weeks run Monday to Sunday (ISO 8601) on the learner's own calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def local_date(now: datetime, zone: ZoneInfo, begins: int = 0) -> date:
    """The local date at the instant `now` (aware), where a day begins `begins` minutes after midnight by the clock on
    the wall: before that it is still the day before."""
    local = now.astimezone(zone)
    return local.date() - DAY if local.hour * 60 + local.minute < begins else local.date()


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> Iterator[date]:
    """The Mondays of every week from the one of `first` to the one of `last`, both included."""
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += WEEK


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local wall time.

    A time that the clocks skip means the first instant after the gap; a time that comes twice means the first.
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
