"""Pause a plan from today on."""

from datetime import date, datetime

from bot.core.commitment import Commitment
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


class EndsTooEarly(ValueError):
    """A pause from today on that would end today or before, `until` this day."""

    def __init__(self, until: date) -> None:
        super().__init__(until)
        self.until = until


def pause_plan(uow: UnitOfWork, study: Study, until: date | None, *, today: date, now: datetime) -> None:
    """Pause from today on: nothing is owed until the day `until`, from which the usual hours a week are owed again.

    Without it the pause lasts until the plan is resumed. Raises `EndsTooEarly` where `until` is not after today.
    """
    if until is not None and until <= today:
        raise EndsTooEarly(until)
    uow.enrollments.commit(study.enrollment, Commitment(today, 0), now)
    if until is not None:
        uow.enrollments.commit(study.enrollment, Commitment(until, study.commitments.usual()), now)
