"""How lines of the append-only ledger are taken back, and put back."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.ids import EnrollmentId
from bot.core.ledger import Entry, Logging, NewLine, last_reversals
from bot.ports.unit_of_work import UnitOfWork

MANY = 20
"""Lines from which on they are reversed together: sums are then made anew, which costs more for a few lines."""


def reverse(uow: UnitOfWork, enrollment: EnrollmentId, lines: Sequence[Entry], logging: Logging, now: datetime) -> None:
    """Take an entry back where it counts, or put it back where it was taken back.

    `lines` are all of the enrollment's ledger, at least from the first of `logging` on: the last one about each line
    of `logging` is reversed. Raises `bot.core.ledger.AlreadyUndone` where another request has done so meanwhile.
    """
    last = last_reversals(lines)
    minutes = {line.id: line.minutes for line in lines}
    if len(logging.lines) >= MANY:
        reversals = (
            NewLine(line.item, line.day, -minutes[last[line.id]], "reversal", reverses=last[line.id])
            for line in logging.lines
        )
        uow.ledger.add_all(enrollment, list(reversals), now=now)
        return
    for line in logging.lines:
        uow.ledger.add(
            enrollment,
            item=line.item,
            day=line.day,
            minutes=-minutes[last[line.id]],
            kind="reversal",
            now=now,
            reverses=last[line.id],
        )
