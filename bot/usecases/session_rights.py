"""Who may propose, join and change the study sessions of a group."""

from bot.core.group import Group, Member
from bot.core.learner import Learner
from bot.core.session import Series, StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.leave_group import NotAMember


class NotTheirs(Exception):
    """Only who made it, and organisers of the group, may change it."""


def check_member(uow: UnitOfWork, learner: Learner, about: Group | StudySession) -> Member:
    """The learner as a member of the group, or of the session's. Raises `NotAMember`."""
    group = about.id if isinstance(about, Group) else about.group
    member = uow.groups.member(group, learner.id)
    if member is None:
        raise NotAMember
    return member


def may_change(uow: UnitOfWork, learner: Learner, about: StudySession | Series) -> bool:
    """Whether a learner may move, call off or stop it."""
    member = uow.groups.member(about.group, learner.id)
    return member is not None and (about.made_by == learner.id or member.role == "organiser")


def check_may_change(uow: UnitOfWork, learner: Learner, about: StudySession | Series) -> None:
    """Raise `NotTheirs` for who may not move, call off or stop it."""
    if not may_change(uow, learner, about):
        raise NotTheirs
