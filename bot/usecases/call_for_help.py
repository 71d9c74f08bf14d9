"""Tell a group that one of its members is stuck."""

from datetime import datetime, timedelta

from bot.core.group import Group
from bot.core.ids import GroupId
from bot.core.learner import Learner
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import help_call, post_to_group
from bot.usecases.own_group import own_group

ONCE_IN = timedelta(days=7)


class AskedThisWeek(Exception):
    """The learner has asked this group already, less than `ONCE_IN` ago."""

    def __init__(self, group: Group) -> None:
        super().__init__(group)
        self.group = group


def call_for_help(
    uow: UnitOfWork, learner: Learner, study: Study, group: GroupId, note: str | None, now: datetime
) -> Group:
    """Tell a group's places that the learner is stuck in their current module, with their note; returns the group.

    Raises `bot.usecases.own_group.NotShownThere` and `AskedThisWeek`.
    """
    asked = own_group(uow, learner, group)
    if uow.calls.made_since(learner.id, group, now - ONCE_IN):
        raise AskedThisWeek(asked)
    call = uow.calls.create(learner.id, group, study.module.id, note, now)
    post_to_group(uow, group, help_call(call), now)
    return asked
