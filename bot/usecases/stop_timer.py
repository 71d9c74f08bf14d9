"""Stop a timer before its time."""

from datetime import datetime

from bot.core.learner import Learner
from bot.core.timer import Timer
from bot.ports.unit_of_work import UnitOfWork


class NoTimer(Exception):
    """The learner has no such timer."""


class OverAlready(Exception):
    """The timer was stopped before, or was asked about at its end."""

    def __init__(self, timer: Timer) -> None:
        super().__init__(timer)
        self.timer = timer


def stop_timer(uow: UnitOfWork, learner: Learner, timer: int | None, now: datetime) -> Timer:
    """Stop a timer of the learner, by its id or else the newest; nothing is logged, and no question follows at its end.

    Raises `NoTimer` for anybody else's, and `OverAlready`.
    """
    own_timer = uow.timers.last(learner.id) if timer is None else uow.timers.get(timer, learner.id)
    if own_timer is None:
        raise NoTimer
    if not uow.timers.end(own_timer.id, now):
        raise OverAlready(own_timer)
    return own_timer
