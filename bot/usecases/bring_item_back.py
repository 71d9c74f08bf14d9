"""Bring an item back that was left out of the plan."""

from datetime import datetime

from bot.core.ids import EntryId
from bot.core.ledger import AlreadyUndone, Entry, in_force
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.reversal import reverse


class NotLeftOut(Exception):
    """The item is in the plan."""


def bring_item_back(uow: UnitOfWork, study: Study, entry: EntryId, *, now: datetime) -> Entry:
    """Bring back what this entry left out of the plan, however long ago; returns the entry.

    Raises `NotLeftOut` where it leaves nothing out.
    """
    line = next((line for line in study.trimmed if line.id == entry), None)
    left_out = in_force(study.entries, entry)
    if line is None or left_out is None:
        raise NotLeftOut
    try:
        reverse(uow, study.enrollment, study.entries, left_out, now)
    except AlreadyUndone:
        raise NotLeftOut from None
    return line
