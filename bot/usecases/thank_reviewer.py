"""Thank the reviewer of a project."""

from datetime import datetime

from bot.core.learner import Learner
from bot.core.project import Review
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import review_thanks


class NothingToThankFor(Exception):
    """The reviewed project is somebody else's, or the review was not given."""


def thank_reviewer(uow: UnitOfWork, author: Learner, review: Review, now: datetime) -> None:
    """Tell the reviewer that the author says thank you; once a day at most. Raises `NothingToThankFor`."""
    if author.id != review.submission.learner or review.learner is None:
        raise NothingToThankFor
    uow.deliveries.post(review_thanks(review.id), now, learner=review.learner)
