"""Say, as a reviewer, whether a criterion of a project is met."""

from dataclasses import replace

from bot.core.project import Review
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Item


def judge_criterion(uow: UnitOfWork, review: Review, item: Item, criterion: str) -> Review:
    """Say that a criterion of the reviewed project is met, or not met after all; `review` is one that was taken.

    Nothing happens where the project has no criterion of this id any more.
    """
    if all(known.id != criterion for known in item.done_when):
        return review
    met = review.met ^ {criterion}
    uow.projects.meet(review.id, met)
    return replace(review, met=met)
