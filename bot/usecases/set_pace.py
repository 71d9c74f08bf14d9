"""Choose other hours a week."""

from datetime import date, datetime

from bot.core import commitment
from bot.core.commitment import Commitment
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def set_pace(uow: UnitOfWork, study: Study, minutes: int, *, today: date, now: datetime) -> None:
    """Commit to `minutes` a week from today on; weeks that are over stay as they were.

    A pause without an end ends with it; one that was planned for certain days stays. Raises
    `bot.core.commitment.OutOfRange` for too few or too many minutes.
    """
    commitment.check(minutes)
    uow.enrollments.commit(study.enrollment, Commitment(today, minutes), now)
