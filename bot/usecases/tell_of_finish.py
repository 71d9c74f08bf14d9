"""Tell a learner's groups that they have finished a roadmap."""

from datetime import datetime, timedelta

from bot.core.learner import Learner
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import finish_told, post_to_group

_AFTER = timedelta(minutes=10)
"""So long a last entry may still be taken back before anybody hears of it."""


def tell_of_finish(uow: UnitOfWork, learner: Learner, study: Study, now: datetime) -> None:
    """Schedule one line in every place of the groups in which the learner is shown; nothing for an unfinished study."""
    if not study.position.finished:
        return
    for group, member in uow.groups.of(learner.id):
        if not member.hidden:
            post_to_group(uow, group.id, finish_told(study.enrollment), now + _AFTER)
