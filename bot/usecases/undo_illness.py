"""Take back days of illness."""

from datetime import datetime

from bot.core.catchup import UNDO_WITHIN, Absence, AlreadyTakenBack, NothingSuch, TooLongAgo
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def undo_illness(uow: UnitOfWork, study: Study, absence: int, *, now: datetime) -> Absence:
    """Take back days of illness, so that they count like any other; returns the absence.

    Raises `bot.core.catchup.NothingSuch` where the study has no such absence, `TooLongAgo` more than a week after it
    was noted, and `AlreadyTakenBack`.
    """
    illness = next((known for known in uow.adjustments.absences(study.enrollment) if known.id == absence), None)
    if illness is None:
        raise NothingSuch
    if now - illness.recorded_at > UNDO_WITHIN:
        raise TooLongAgo
    if not uow.adjustments.undo_absence(illness.id, now):
        raise AlreadyTakenBack
    return illness
