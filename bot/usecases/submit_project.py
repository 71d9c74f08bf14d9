"""Submit a project."""

from datetime import datetime

from bot.core.project import is_address
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Item


class NoAddress(Exception):
    """The project cannot be seen there: a submission is a web address."""


def submit_project(uow: UnitOfWork, study: Study, item: Item, url: str, note: str | None, now: datetime) -> None:
    """Submit a project by the address at which it can be seen; an earlier submission of it is withdrawn.

    No other member is told before the learner asks for a review. Raises `NoAddress`.
    """
    if not is_address(url):
        raise NoAddress
    uow.projects.submit(study.enrollment, item.id, url, note, now)
