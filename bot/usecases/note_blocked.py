"""Note whether an account accepts private messages."""

from datetime import datetime

from bot.core.learner import Account
from bot.ports.unit_of_work import UnitOfWork


def note_blocked(uow: UnitOfWork, account: Account, now: datetime) -> None:
    """The platform reports that the account refuses private messages: nothing is sent to it any more."""
    uow.learners.mark_unreachable(account, now)


def note_unblocked(uow: UnitOfWork, account: Account) -> None:
    """The platform reports that the account accepts private messages again."""
    uow.learners.mark_reachable(account)
