"""Mark an item of the roadmap as done."""

from datetime import date, datetime
from typing import NamedTuple

from bot.core.ledger import Entry
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


class LeftOut(Exception):
    """The item is left out of the plan."""


class CompleteAlready(Exception):
    """Nothing is left of the item."""


class MarkedDone(NamedTuple):
    """The line of the ledger that says so, and the minutes that the item takes less than planned."""

    entry: Entry
    left: int


def minutes_left(study: Study, item: str) -> int:
    """Planned minutes of an item that are still open. Raises `LeftOut` or `CompleteAlready` where there are none."""
    if study.position.left_out_of(item):
        raise LeftOut
    left = study.position.left_of(item)
    if not left:
        raise CompleteAlready
    return left


def mark_done(uow: UnitOfWork, study: Study, item: str, *, today: date, now: datetime) -> MarkedDone:
    """Say that an item is done although planned minutes of it are open. Raises `LeftOut` or `CompleteAlready`."""
    left = minutes_left(study, item)
    entry = uow.ledger.add(study.enrollment, item=item, day=today, minutes=0, kind="done", now=now)
    return MarkedDone(entry, left)
