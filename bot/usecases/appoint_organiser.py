"""Make a member an organiser."""

from datetime import datetime

from bot.core.group import Asker, Group, Member
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide


def appoint_organiser(uow: UnitOfWork, asker: Asker, group: Group, member: Member, now: datetime) -> None:
    """A member organises the group, too, from now on. Raises `NotOrganiser` or `NotManager`."""
    decide(uow, asker, group, now)
    uow.groups.set_role(group.id, member.learner, "organiser")
