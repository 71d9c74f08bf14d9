"""Withdraw the submission of a project."""

from datetime import datetime

from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Item


def withdraw_project(uow: UnitOfWork, study: Study, item: Item, now: datetime) -> None:
    """Withdraw the submission of a project, where there is one; an open request for its review ends."""
    uow.projects.withdraw(study.enrollment, item.id, now)
