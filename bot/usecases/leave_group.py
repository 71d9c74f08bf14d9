"""Leave a group."""

from datetime import datetime

from bot.core.group import Asker, Group, Member
from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.hand_over_group import hand_over_group


class NotAMember(Exception):
    """They are not in the group."""


def leave_group(uow: UnitOfWork, asker: Asker, learner: Learner, group: Group, now: datetime) -> Member | None:
    """End the asker's membership; the name is kept in case they come back.

    Where they were the last organiser, another member becomes it and is returned. Raises `NotAMember`.
    """
    uow.groups.lock([group.id])
    if not uow.groups.leave(group.id, learner.id, now):
        raise NotAMember
    uow.requests.forget_names(group.id, asker.account)
    return hand_over_group(uow, group, now, asker=learner.id)
