"""Change the weekday on which a learner's weeks begin."""

from dataclasses import replace
from datetime import date

from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork


def begin_weeks_on(uow: UnitOfWork, learner: Learner, weekday: int, today: date) -> Learner:
    """After the week that runs, the learner's weeks begin on this weekday (0 is Monday).

    Weeks that are over stay as they were. Returns the learner as they are now.
    """
    weeks = learner.weeks.changed(today, weekday)
    uow.learners.set_weeks(learner.id, weeks)
    return replace(learner, weeks=weeks)
