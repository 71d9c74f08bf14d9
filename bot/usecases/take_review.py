"""Take a review of another learner's project."""

from datetime import datetime

from bot.core.ids import ReviewId
from bot.core.learner import Learner
from bot.core.project import ANSWER_WITHIN, Review
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.ask_for_review import call_group


class NoSuchReview(Exception):
    """No group of the learner's was asked for this review, or the submission was withdrawn."""


class OwnProject(Exception):
    """The project is the learner's own."""


class ReviewGiven(Exception):
    """The review was given already."""


class TakenAlready(Exception):
    """Another member has taken the review, less than `bot.core.project.ANSWER_WITHIN` ago."""


def take_review(uow: UnitOfWork, learner: Learner, review: ReviewId, now: datetime) -> Review:
    """Take a review that a group of the learner's was asked for; who has it already keeps it.

    The group is asked again where it is not given within `bot.core.project.ANSWER_WITHIN`. Raises `NoSuchReview`,
    `OwnProject`, `ReviewGiven` or `TakenAlready`.
    """
    stored = uow.projects.review(review)
    if stored is None or uow.groups.member(stored.group, learner.id) is None:
        raise NoSuchReview
    if stored.submission.learner == learner.id:
        raise OwnProject
    if stored.decided_at:
        raise ReviewGiven
    if stored.learner == learner.id:
        return stored
    if not uow.projects.take(review, learner.id, now, now - ANSWER_WITHIN):
        raise TakenAlready
    call_group(uow, review, stored.group, now + ANSWER_WITHIN)
    return uow.projects.review(review) or stored
