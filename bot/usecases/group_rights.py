"""Who decides for a group: its organisers. Rights on the platform make nobody an organiser.

Only where a group has no organiser, and meets in one chat alone, those who manage that chat decide; the first to do so
becomes its organiser.
"""

from datetime import datetime

from bot.core.group import Asker, Group
from bot.core.name import FALLBACK, member_name
from bot.ports.unit_of_work import UnitOfWork


class NotOrganiser(Exception):
    """The asker is no organiser of the group and may not decide for it otherwise."""


class NotManager(Exception):
    """The asker may decide only as a manager of the chat they are in, and is not known to be one."""


class NoLearner(Exception):
    """The asker is no learner, which the request needs them to be."""


def decide(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> None:
    """Check that the asker may decide for a group; of one without an organiser they become it.

    Raises `NotOrganiser` or `NotManager`.
    """
    check_organises(uow, asker, group)
    if not organises(uow, asker, group):
        appoint_asker(uow, asker, group, now)


def check_organises(uow: UnitOfWork, asker: Asker, group: Group) -> None:
    """Raise `NotOrganiser` or `NotManager` unless the asker may decide for the group."""
    if organises(uow, asker, group):
        return
    if not left_to_managers(uow, asker, group):
        raise NotOrganiser
    check_manages(asker)


def check_organises_or_manages(uow: UnitOfWork, asker: Asker, group: Group) -> None:
    """Raise `NotOrganiser` or `NotManager` unless the asker is an organiser or manages the group's chat they are in."""
    if organises(uow, asker, group):
        return
    if not meets_here(uow, asker, group):
        raise NotOrganiser
    check_manages(asker)


def check_manages(asker: Asker) -> None:
    """Raise `NotManager` unless the asker is known to manage the chat they are in."""
    if not asker.manages:
        raise NotManager


def organises(uow: UnitOfWork, asker: Asker, group: Group) -> bool:
    """Whether the asker is an organiser of the group."""
    member = uow.groups.member(group.id, asker.learner.id) if asker.learner else None
    return member is not None and member.role == "organiser"


def meets_here(uow: UnitOfWork, asker: Asker, group: Group) -> bool:
    """Whether the asker's chat is a place of the group."""
    group_here = uow.groups.at(asker.place) if asker.place else None
    return group_here is not None and group_here.id == group.id


def left_to_managers(uow: UnitOfWork, asker: Asker, group: Group) -> bool:
    """Whether managers of the asker's chat decide for the group: it has no organiser and no other place."""
    if not meets_here(uow, asker, group) or uow.groups.has_organiser(group.id):
        return False
    return len(uow.groups.places(group.id)) <= 1


def appoint_asker(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> None:
    """Make the asker an organiser, where they are a learner; a new member is not shown on the board."""
    if asker.learner is None:
        return
    if uow.groups.member(group.id, asker.learner.id) is None:
        name = member_name(asker.account.name) or FALLBACK
        uow.groups.join(group.id, asker.learner.id, name, "hidden", now)
    uow.groups.set_role(group.id, asker.learner.id, "organiser")
