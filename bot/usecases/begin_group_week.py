"""Begin a new week of a group."""

from datetime import datetime

from bot.core.group import Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.consequences import refresh_board


def begin_group_week(uow: UnitOfWork, group: Group, now: datetime) -> None:
    """The group's board shows the week that begins, in which nobody has studied yet."""
    refresh_board(uow, group, now)
