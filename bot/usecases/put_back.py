"""Put an entry back that was taken back or moved."""

from datetime import date, datetime

from bot.core import ledger
from bot.core.ledger import Logging, Rejected, TooMuchInADay
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.own_entry import OwnEntry
from bot.usecases.reversal import reverse


class CountsAlready(Rejected):
    """The entry counts as it was entered; there is nothing to put back."""


def put_back(uow: UnitOfWork, entry: OwnEntry, now: datetime) -> Logging | None:
    """Make an entry count again as it was entered, in place of what it was moved to.

    Returns what it was moved to, where that counted until now. Raises `CountsAlready`,
    `bot.core.ledger.TooMuchInADay` where its day was filled by other entries meanwhile, and
    `bot.core.ledger.AlreadyUndone` where another request has changed it at the same time.
    """
    counting = entry.counting
    if counting and counting.id == entry.logging.id:
        raise CountsAlready
    if entry.logging.lines[0].kind == "study":
        start = uow.enrollments.get(entry.enrollment)
        _check_room(uow, entry, counting, start.start if start else date.min)
    if counting:
        reverse(uow, entry.enrollment, entry.lines, counting, now)
    reverse(uow, entry.enrollment, entry.lines, entry.logging, now)
    return counting


def _check_room(uow: UnitOfWork, entry: OwnEntry, counting: Logging | None, start: date) -> None:
    """Raise where a day would have more than 24 hours; days before the start may stand for many."""
    replaced = ledger.minutes_by_day(counting.lines) if counting else {}
    days = entry.logging.days
    by_day = ledger.minutes_by_day(uow.studies.between(entry.enrollment, days[0], days[-1]))
    for day, minutes in ledger.minutes_by_day(entry.logging.lines).items():
        if day < start:
            continue
        others = by_day.get(day, 0) - replaced.get(day, 0)
        if others + minutes > ledger.DAY_LIMIT:
            raise TooMuchInADay(others, day, minutes)
