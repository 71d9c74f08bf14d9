"""Correct a first day that lies in the learner's future."""

from datetime import datetime

from bot.core.calendar import local_date
from bot.core.commitment import Commitment
from bot.core.learner import Learner
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def start_by_today(uow: UnitOfWork, before: Learner, learner: Learner, study: Study, now: datetime) -> None:
    """Begin today in place of tomorrow, where nothing was logged yet.

    A first day that was set with a guessed time zone may be the day after the learner's own. One that lay ahead for the
    learner as they were `before` was chosen, and stays.
    """
    today = local_date(now, learner.zone, learner.day_begins)
    chosen = local_date(now, before.zone, before.day_begins) < study.start
    if today < study.start and not chosen and not study.entries:
        uow.enrollments.set_start(study.enrollment, today)
        uow.enrollments.commit(study.enrollment, Commitment(today, study.commitments.usual()), now)
