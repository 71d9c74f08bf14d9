"""Put a module of the roadmap before the others."""

from datetime import date, datetime

from bot.core.ledger import Entry
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Module


class CannotBegin(Exception):
    """This module cannot be put first. The subclasses say why."""

    def __init__(self, module: Module) -> None:
        super().__init__(module.id)
        self.module = module


class AlreadyThere(CannotBegin):
    """The learner is at this module."""


class AlreadyComplete(CannotBegin):
    """Nothing is left of this module."""


def begin_with_module(uow: UnitOfWork, study: Study, module: Module, *, today: date, now: datetime) -> Entry:
    """Put this module first; the others follow in their order. Taking the returned entry back undoes it.

    Raises `AlreadyThere` for the module the learner is at and `AlreadyComplete` for one of which nothing is left.
    """
    if module.id == study.module.id:
        raise AlreadyThere(module)
    if not study.position.is_left(module):
        raise AlreadyComplete(module)
    return uow.ledger.add(study.enrollment, item=module.id, day=today, minutes=0, kind="first", now=now)
