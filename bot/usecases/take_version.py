"""Take a newer version of a roadmap."""

from datetime import date, datetime

from bot.core.ledger import Entry
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def take_version(uow: UnitOfWork, study: Study, version: str, *, today: date, now: datetime) -> Entry:
    """From here on the learner follows this version; every hour stays what it is. The entry can be taken back."""
    return uow.ledger.add(study.enrollment, item=version, day=today, minutes=0, kind="version", now=now)
