"""Take an entry back."""

from datetime import datetime

from bot.core.ledger import AlreadyUndone, Logging
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.own_entry import OwnEntry
from bot.usecases.reversal import reverse


def take_back(uow: UnitOfWork, entry: OwnEntry, now: datetime) -> Logging:
    """Take an entry back as it counts now, moved or not; nothing of it is deleted. Returns what was taken back.

    Raises `bot.core.ledger.AlreadyUndone` where it counts nowhere any more.
    """
    counting = entry.counting
    if counting is None:
        raise AlreadyUndone
    reverse(uow, entry.enrollment, entry.lines, counting, now)
    return counting
