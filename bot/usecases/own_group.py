"""The groups that a learner may speak in."""

from bot.core.group import Group
from bot.core.ids import GroupId
from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork


class NotShownThere(Exception):
    """The learner is no member of the group, or a hidden one."""


def own_group(uow: UnitOfWork, learner: Learner, group: GroupId) -> Group:
    """A group that the learner is a shown member of, by its id. Raises `NotShownThere`."""
    stored, member = uow.groups.get(group), uow.groups.member(group, learner.id)
    if stored is None or member is None or member.hidden:
        raise NotShownThere
    return stored
