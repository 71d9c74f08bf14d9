"""Move an entry to another item or another day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.core import ledger
from bot.core.ids import EnrollmentId
from bot.core.ledger import Entry, Logging, Rejected
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.own_entry import OwnEntry
from bot.usecases.reversal import reverse


class CountsNowhere(Rejected):
    """The entry was taken back."""


class NoStudyTime(Rejected):
    """The entry has no hours that could be moved, such as an item marked as done."""


class FromAFile(Rejected):
    """The entries came out of a file together, of several days; they are taken back together."""


class OnAnotherRoadmap(Rejected):
    """The entry belongs to a roadmap that the learner does not follow now."""


class ThereAlready(Rejected):
    """The entry is on that item and that day already."""


class Moved(NamedTuple):
    """An entry as it counted until now, and what replaces it."""

    before: Logging
    after: Logging


class _Share(NamedTuple):
    item: str
    minutes: int


def movable(study: Study, entry: OwnEntry) -> Logging:
    """The entry as it counts now. Raises `CountsNowhere`, `NoStudyTime`, `FromAFile` or `OnAnotherRoadmap` where it
    cannot be moved."""
    counting = entry.counting
    if counting is None:
        raise CountsNowhere
    if counting.lines[0].kind != "study":
        raise NoStudyTime
    if counting.from_file:
        raise FromAFile
    if entry.enrollment != study.enrollment:
        raise OnAnotherRoadmap
    return counting


def move_entry(
    uow: UnitOfWork,
    study: Study,
    entry: OwnEntry,
    *,
    item: str | None = None,
    day: date | None = None,
    today: date,
    now: datetime,
) -> Moved:
    """Put an entry's hours on one other item, or on another day, or both; its note and its place in the order stay.

    Raises what `movable` raises, `ThereAlready`, and `bot.core.ledger.InTheFuture`, `BeforeTheStart` or
    `TooMuchInADay` for a day on which the hours cannot have been.
    """
    before = movable(study, entry)
    shares = [_Share(line.item, line.minutes) for line in before.lines]
    new_shares = [_Share(item, before.minutes)] if item else shares
    old_day = before.lines[0].day
    new_day = day or old_day
    if (new_shares, new_day) == (shares, old_day):
        raise ThereAlready
    added = 0 if new_day == old_day else before.minutes
    already = ledger.minutes_on(uow.studies.between(entry.enrollment, new_day, new_day), new_day)
    ledger.check(already, minutes=added, day=new_day, start=study.start, today=today)
    reverse(uow, entry.enrollment, entry.lines, before, now)
    return Moved(before, _write(uow, entry.enrollment, before, new_shares, new_day))


def _write(uow: UnitOfWork, enrollment: EnrollmentId, moved: Logging, shares: Sequence[_Share], day: date) -> Logging:
    """Add the lines that replace those of `moved`, with their time of recording."""
    lines: list[Entry] = []
    for share in shares:
        line = uow.ledger.add(
            enrollment,
            item=share.item,
            day=day,
            minutes=share.minutes,
            kind="study",
            now=moved.lines[0].recorded_at,
            note=None if lines else moved.lines[0].note,
            part_of=lines[0].id if lines else None,
            moves=moved.id,
        )
        lines.append(line)
    return Logging(tuple(lines))
