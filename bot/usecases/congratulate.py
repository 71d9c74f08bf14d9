"""Congratulate a member of one's group on a finished roadmap."""

from datetime import datetime

from bot.core.group import Group
from bot.core.ids import EnrollmentId
from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork


class CannotCongratulate(Exception):
    """The learner cannot congratulate here. The subclasses say why."""


class NoMember(CannotCongratulate):
    """They are not in the group."""


class OwnFinish(CannotCongratulate):
    """It is their own roadmap."""


def congratulate(uow: UnitOfWork, learner: Learner, group: Group, enrollment: EnrollmentId, now: datetime) -> None:
    """Record that a member of the group congratulates on this enrollment, once.

    Whose it is, and that it is finished, is for the caller to have checked. Raises `NoMember` and `OwnFinish`.
    """
    if uow.groups.member(group.id, learner.id) is None:
        raise NoMember
    finished = uow.enrollments.get(enrollment)
    if finished is None or finished.learner == learner.id:
        raise OwnFinish
    uow.congratulations.give(enrollment, learner.id, now)
