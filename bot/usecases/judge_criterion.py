"""Say, as a reviewer, whether a criterion of a project is met."""

from dataclasses import replace

from bot.core.learner import Learner
from bot.core.project import Review
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.take_review import TakenAlready
from roadmap.model import Item


def judge_criterion(uow: UnitOfWork, reviewer: Learner, review: Review, item: Item, criterion: str) -> Review:
    """Say that a criterion of the reviewed project is met, or not met after all. Returns the review as it is then.

    Nothing happens where the project has no criterion of this id any more. Raises
    `bot.usecases.take_review.TakenAlready` unless the reviewer has taken the review.
    """
    if review.learner != reviewer.id:
        raise TakenAlready
    if all(known.id != criterion for known in item.done_when):
        return review
    met = review.met ^ {criterion}
    uow.projects.set_met(review.id, met)
    return replace(review, met=met)
