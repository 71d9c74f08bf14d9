"""End a timer whose time is over."""

from bot.core.learner import Learner
from bot.core.timer import Timer
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.stop_timer import NoTimer, OverAlready


def end_timer(uow: UnitOfWork, learner: Learner, timer: int) -> Timer:
    """End a timer whose time is over, so that its learner is asked only once; returns it.

    Raises `NoTimer` for anybody else's, and `OverAlready` where it was stopped.
    """
    own_timer = uow.timers.get(timer, learner.id)
    if own_timer is None:
        raise NoTimer
    if not uow.timers.end(own_timer.id, own_timer.over_at):
        raise OverAlready(own_timer)
    return own_timer
