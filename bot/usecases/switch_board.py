"""Keep a live board in a group's chats, or none."""

from datetime import datetime

from bot.core.group import Asker, Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide


def switch_board(uow: UnitOfWork, asker: Asker, group: Group, now: datetime, *, live: bool) -> None:
    """Switch the live board in the group's places on or off. Raises `NotOrganiser` or `NotManager`."""
    decide(uow, asker, group, now)
    uow.groups.set_live(group.id, live=live)
