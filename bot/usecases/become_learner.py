"""Create a learner for an account that has none."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.learner import Account, Learner
from bot.ports.unit_of_work import UnitOfWork


def become_learner(uow: UnitOfWork, account: Account, *, locale: str, zone: ZoneInfo, now: datetime) -> Learner:
    """A new learner with their first account, with local dates in `zone` until they change it.

    The account must not belong to a learner.
    """
    return uow.learners.create(account, locale=locale, zone=zone, now=now)
