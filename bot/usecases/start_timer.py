"""Start a timer."""

from datetime import datetime

from bot.core.learner import Learner
from bot.core.timer import LEAST, MOST, Timer
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import timer_over


class WrongLength(Exception):
    """A timer runs from `bot.core.timer.LEAST` to `MOST` minutes."""


def start_timer(uow: UnitOfWork, learner: Learner, item: str, minutes: int, now: datetime) -> Timer:
    """Start a timer on an item; when it is over, the learner is asked whether to log its time.

    A learner has one timer at a time: where one runs, it goes on, and is returned. Raises `WrongLength`.
    """
    last = uow.timers.last(learner.id)
    if last and last.runs(now):
        return last
    if not LEAST <= minutes <= MOST:
        raise WrongLength
    timer = uow.timers.start(learner.id, item, minutes, now)
    uow.deliveries.post(timer_over(timer.id), timer.over_at, learner=learner.id)
    return timer
