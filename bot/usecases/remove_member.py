"""Take a member out of a group."""

from datetime import datetime

from bot.core.group import Asker, Group, Member
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide
from bot.usecases.leave_group import NotAMember


def remove_member(uow: UnitOfWork, asker: Asker, group: Group, member: Member, now: datetime) -> None:
    """End a membership; only an invitation lets them in again.

    For who decides for the group: else raises `NotOrganiser` or `NotManager`. Raises `NotAMember` where they have left.
    """
    uow.groups.lock([group.id])
    decide(uow, asker, group, now)
    if not uow.groups.leave(group.id, member.learner, now):
        raise NotAMember
    uow.groups.set_role(group.id, member.learner, "removed")
