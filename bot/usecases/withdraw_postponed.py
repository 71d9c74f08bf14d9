"""Let a reminder that was put off not come."""

from bot.core.learner import Learner
from bot.core.token import read_token
from bot.ports.unit_of_work import UnitOfWork


def withdraw_postponed(uow: UnitOfWork, learner: Learner, kind: str) -> None:
    """Withdraw what the learner has put off of this kind, as far as it has not been sent; the rules stay."""
    for waiting in uow.deliveries.pending_one_offs(learner.id):
        command, _ = read_token(waiting.request) or ("", {})
        if command == kind:
            uow.deliveries.withdraw(waiting.request, learner.id)
