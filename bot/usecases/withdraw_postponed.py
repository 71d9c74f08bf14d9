"""Withdraw a postponed reminder."""

from collections.abc import Collection

from bot.core.learner import Learner
from bot.core.reminder import STUDY_TIME
from bot.core.token import read_token
from bot.ports.unit_of_work import UnitOfWork


def withdraw_postponed(uow: UnitOfWork, learner: Learner, kind: str, slot: int = 0) -> None:
    """Withdraw the learner's postponed reminders of this kind that were not sent yet; the rules stay.

    Of study times only the one with this `slot` is meant.
    """
    _withdraw(uow, learner, kind, {slot})


def withdraw_study_times(uow: UnitOfWork, learner: Learner, slots: Collection[int]) -> None:
    """Withdraw the postponed messages of these study times that were not sent yet."""
    _withdraw(uow, learner, STUDY_TIME, slots)


def _withdraw(uow: UnitOfWork, learner: Learner, kind: str, slots: Collection[int]) -> None:
    for waiting in uow.deliveries.pending_one_offs(learner.id) if slots else ():
        command, args = read_token(waiting.request) or ("", {})
        if command == kind and int(args.get("slot", 0)) in slots:
            uow.deliveries.withdraw(waiting.request, learner.id)
