"""Begin a new week of a group."""

from datetime import datetime

from bot.core.group import Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.consequences import refresh_board


def begin_group_week(uow: UnitOfWork, group: Group, now: datetime) -> None:
    """Refresh the group's board, so that it shows the new week."""
    refresh_board(uow, group, now)
