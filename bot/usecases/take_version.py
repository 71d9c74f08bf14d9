"""Take a newer version of a roadmap."""

from datetime import date, datetime

from bot.core.ledger import Entry
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def take_version(uow: UnitOfWork, study: Study, version: str, *, today: date, now: datetime) -> Entry:
    """Move the learner to this version; logged hours do not change. Taking the returned entry back undoes it."""
    return uow.ledger.add(study.enrollment, item=version, day=today, minutes=0, kind="version", now=now)
