"""Take one of the paths of a project."""

from datetime import datetime

from bot.core.project import PATH
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Item


def take_path(uow: UnitOfWork, study: Study, item: Item, path: str, now: datetime) -> None:
    """Take a path of a project, by its id, in place of another one; what was ticked on that one is kept.

    Nothing happens where the project has no such path any more.
    """
    chosen = PATH + path
    paths = {PATH + known.id for known in item.paths}
    if chosen not in paths:
        return
    taken = paths & uow.projects.ticks(study.enrollment, item.id)
    for tick in taken ^ {chosen}:
        uow.projects.tick(study.enrollment, item.id, tick, now)
