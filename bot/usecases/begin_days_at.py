"""Change the time at which a learner's days begin."""

from dataclasses import replace
from datetime import datetime

from bot.core.learner import Learner
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.start_by_today import start_by_today

LATEST = 6 * 60
"""The latest a day may begin, in minutes after midnight."""


class TooLateInTheDay(ValueError):
    """A day that would begin later than `LATEST`."""


def begin_days_at(uow: UnitOfWork, learner: Learner, study: Study, minutes: int, now: datetime) -> Learner:
    """From now on the learner's days begin `minutes` after midnight.

    What was logged stays on its dates, and reminders keep their hours. Returns the learner as they are now. Raises
    `TooLateInTheDay` for a time after six in the morning.
    """
    if minutes > LATEST:
        raise TooLateInTheDay(minutes)
    uow.learners.set_day_begins(learner.id, minutes)
    changed = replace(learner, day_begins=minutes)
    start_by_today(uow, learner, changed, study, now)
    return changed
