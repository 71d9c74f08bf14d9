"""Withdraw a postponed reminder."""

from bot.core.learner import Learner
from bot.core.token import read_token
from bot.ports.unit_of_work import UnitOfWork


def withdraw_postponed(uow: UnitOfWork, learner: Learner, kind: str) -> None:
    """Withdraw the learner's postponed reminders of this kind that were not sent yet; the rules stay."""
    for waiting in uow.deliveries.pending_one_offs(learner.id):
        command, _ = read_token(waiting.request) or ("", {})
        if command == kind:
            uow.deliveries.withdraw(waiting.request, learner.id)
