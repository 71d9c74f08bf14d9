"""Give a review of a project."""

from datetime import datetime

from bot.core.learner import Learner
from bot.core.project import Decision, Review
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import review_given
from bot.usecases.take_review import ReviewGiven


def review_project(
    uow: UnitOfWork, reviewer: Learner, review: Review, decision: Decision, words: str, now: datetime
) -> None:
    """Give a review that the reviewer has taken; its author gets the decision and the words.

    Raises `bot.usecases.take_review.ReviewGiven` where it was given, or taken by somebody else, meanwhile.
    """
    if not uow.projects.decide(review.id, reviewer.id, decision, words, now):
        raise ReviewGiven
    uow.deliveries.post(review_given(review.id), now, learner=review.submission.learner)
