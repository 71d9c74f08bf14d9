"""Who decides for a group: its organisers, by their role there; what somebody is on the platform makes nobody one.

Only where a group has no organiser, and meets in one chat alone, those who manage that chat decide; the first to do so
becomes its organiser.
"""

from datetime import datetime

from bot.core.group import Asker, Group
from bot.core.name import FALLBACK, member_name
from bot.ports.unit_of_work import UnitOfWork


class NotOrganiser(Exception):
    """Who asks is no organiser of the group, and does not decide for it otherwise."""


class NotManager(Exception):
    """Who asks would decide if they managed the chat they are in, and is not known to."""


class NoLearner(Exception):
    """Who asks is no learner yet, and what they ask for would be theirs."""


def decide(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> None:
    """Let who asks decide for a group; the first manager to decide for one without an organiser becomes it.

    Raises `NotOrganiser` or `NotManager`.
    """
    check_organises(uow, asker, group)
    if not organises(uow, asker, group):
        appoint_asker(uow, asker, group, now)


def check_organises(uow: UnitOfWork, asker: Asker, group: Group) -> None:
    """Raise `NotOrganiser` or `NotManager` for who does not decide for the group."""
    if organises(uow, asker, group):
        return
    if not left_to_managers(uow, asker, group):
        raise NotOrganiser
    check_manages(asker)


def check_organises_or_manages(uow: UnitOfWork, asker: Asker, group: Group) -> None:
    """Raise `NotOrganiser` or `NotManager` for who is no organiser and does not manage the chat of it they are in."""
    if organises(uow, asker, group):
        return
    if not meets_here(uow, asker, group):
        raise NotOrganiser
    check_manages(asker)


def check_manages(asker: Asker) -> None:
    """Raise `NotManager` for who is not known to manage the chat they are in."""
    if not asker.manages:
        raise NotManager


def organises(uow: UnitOfWork, asker: Asker, group: Group) -> bool:
    """Whether who asks is an organiser of the group."""
    member = uow.groups.member(group.id, asker.learner.id) if asker.learner else None
    return member is not None and member.role == "organiser"


def meets_here(uow: UnitOfWork, asker: Asker, group: Group) -> bool:
    """Whether the chat that who asks is in is a place of the group."""
    here = uow.groups.at(asker.place) if asker.place else None
    return here is not None and here.id == group.id


def left_to_managers(uow: UnitOfWork, asker: Asker, group: Group) -> bool:
    """Whether the managers of this chat decide for the group: nobody is its organiser, and it meets here alone."""
    if not meets_here(uow, asker, group) or uow.groups.has_organiser(group.id):
        return False
    return len(uow.groups.places(group.id)) <= 1


def appoint_asker(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> None:
    """Make who asks an organiser, where they are a learner; not shown on the board where they were not in the group."""
    if asker.learner is None:
        return
    if uow.groups.member(group.id, asker.learner.id) is None:
        name = member_name(asker.account.name) or FALLBACK
        uow.groups.join(group.id, asker.learner.id, name, "hidden", now)
    uow.groups.set_role(group.id, asker.learner.id, "organiser")
