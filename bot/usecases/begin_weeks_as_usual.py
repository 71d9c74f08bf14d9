"""Let a new learner's weeks begin on the day that is usual where they live."""

from dataclasses import replace
from datetime import date

from bot.core.calendar import DAY, Weeks
from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork


def begin_weeks_as_usual(uow: UnitOfWork, learner: Learner, weekday: int, today: date) -> Learner:
    """From the week that runs on, the learner's weeks begin on this weekday (0 is Monday).

    Only for somebody who has just begun: no week of theirs has hours yet, so none is cut short, as it is by
    `bot.usecases.begin_weeks_on`. Returns the learner as they are now.
    """
    weeks = Weeks((today - (today.weekday() - weekday) % 7 * DAY,))
    uow.learners.set_weeks(learner.id, weeks)
    return replace(learner, weeks=weeks)
