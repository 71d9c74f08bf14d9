"""Withdraw the submission of a project."""

from datetime import datetime

from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Item


def withdraw_project(uow: UnitOfWork, study: Study, item: Item, now: datetime) -> None:
    """Withdraw the submission of a project, where there is one: nobody is asked for a review of it any more."""
    uow.projects.withdraw(study.enrollment, item.id, now)
