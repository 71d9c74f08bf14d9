"""Tick a criterion of a project."""

from datetime import datetime

from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Item


def tick_criterion(uow: UnitOfWork, study: Study, item: Item, criterion: str, now: datetime) -> None:
    """Say that a criterion of the learner's project is met, or not met after all.

    Nothing happens where the project has no criterion of this id any more.
    """
    if any(known.id == criterion for known in item.done_when):
        uow.projects.tick(study.enrollment, item.id, criterion, now)
