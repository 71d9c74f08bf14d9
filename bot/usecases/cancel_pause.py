"""Take a planned pause back."""

from datetime import date, datetime

from bot.core.catchup import UNDO_WITHIN, Absence, AlreadyTakenBack, NothingSuch
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


class PauseHasBegun(Exception):
    """The pause was announced more than a week ago and has begun. `pause` is the pause."""

    def __init__(self, pause: Absence) -> None:
        super().__init__(pause.id)
        self.pause = pause


def cancel_pause(uow: UnitOfWork, study: Study, absence: int, *, today: date, now: datetime) -> Absence:
    """Cancel a planned pause, so that its days count like any other; returns the pause.

    One that has begun is taken back within a week after it was announced only. Raises `NothingSuch` where the study has
    no such pause, `PauseHasBegun`, and `AlreadyTakenBack`.
    """
    pause = next((known for known in uow.adjustments.absences(study.enrollment) if known.id == absence), None)
    if pause is None or pause.kind != "pause":
        raise NothingSuch
    if pause.first < today and now - pause.recorded_at > UNDO_WITHIN:
        raise PauseHasBegun(pause)
    if not uow.adjustments.undo_absence(pause.id, now):
        raise AlreadyTakenBack
    return pause
