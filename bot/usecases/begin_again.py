"""Begin a roadmap again from its start."""

from datetime import date, datetime

from bot.core import commitment
from bot.core.commitment import Commitment
from bot.core.ledger import Entry
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


class AtTheBeginning(Exception):
    """Nothing of the roadmap is covered, so there is nothing to begin again."""


def begin_again(
    uow: UnitOfWork, study: Study, version: str, *, today: date, now: datetime, minutes: int | None = None
) -> Entry:
    """Restart the roadmap today in this version. Every hour is kept; taking the returned entry back undoes it.

    `minutes` a week are the new commitment from today on, if given. Raises `bot.core.commitment.OutOfRange` for too few
    or too many of them, and `AtTheBeginning` where nothing was covered yet.
    """
    if minutes is not None:
        commitment.check(minutes)
    if not study.position.covered:
        raise AtTheBeginning
    if minutes is not None:
        uow.enrollments.commit(study.enrollment, Commitment(today, minutes), now)
    return uow.ledger.add(study.enrollment, item=version, day=today, minutes=0, kind="again", now=now)
