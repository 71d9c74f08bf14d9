"""Note whether somebody takes private messages."""

from datetime import datetime

from bot.core.learner import Account
from bot.ports.unit_of_work import UnitOfWork


def note_blocked(uow: UnitOfWork, account: Account, now: datetime) -> None:
    """The platform says that somebody wants no more private messages: nothing is sent to this account."""
    uow.learners.mark_unreachable(account, now)


def note_unblocked(uow: UnitOfWork, account: Account) -> None:
    """The platform says that somebody takes private messages again."""
    uow.learners.mark_reachable(account)
