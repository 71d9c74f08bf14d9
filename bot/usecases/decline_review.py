"""Decline the invitation to review a project."""

from datetime import datetime

from bot.core.project import Review
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.ask_for_review import call_group


def decline_review(uow: UnitOfWork, review: Review, now: datetime) -> None:
    """Decline a review that nobody has taken: the whole group is asked at once."""
    call_group(uow, review.id, review.group, now)
