"""Decline the invitation to review a project."""

from datetime import datetime
from typing import NamedTuple

from bot.core.group import Group, Member
from bot.core.ids import ReviewId
from bot.core.learner import Learner
from bot.core.project import Review
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.ask_for_review import call_group
from bot.usecases.take_review import NoSuchReview, TakenAlready


class Invitation(NamedTuple):
    """An open review, the group that was asked for it, and the author of the project as a member of it."""

    review: Review
    group: Group
    author: Member


def invitation(uow: UnitOfWork, learner: Learner, review: ReviewId) -> Invitation:
    """Look up the review of this id to which the learner was invited.

    Raises `bot.usecases.take_review.TakenAlready` where somebody has taken the review or the submission was withdrawn,
    and `NoSuchReview` where the learner is no member of the group, the author shown there no more, or both the same.
    """
    open_review = uow.projects.review(review)
    if open_review is None or open_review.decided_at or open_review.learner:
        raise TakenAlready
    group = uow.groups.get(open_review.group)
    author = uow.groups.member(open_review.group, open_review.submission.learner)
    if group is None or author is None or author.hidden or author.learner == learner.id:
        raise NoSuchReview
    if uow.groups.member(open_review.group, learner.id) is None:
        raise NoSuchReview
    return Invitation(open_review, group, author)


def decline_review(uow: UnitOfWork, learner: Learner, review: ReviewId, now: datetime) -> None:
    """Decline a review: the whole group is asked at once. Raises what `invitation` raises."""
    declined = invitation(uow, learner, review).review
    call_group(uow, declined.id, declined.group, now)
