"""Come back from a pause."""

from datetime import date, datetime
from typing import Literal

from bot.core.calendar import DAY
from bot.core.catchup import Absence
from bot.core.commitment import Commitment
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


class NotPaused(Exception):
    """The plan is not on pause today. `idle` is another reason why nothing is owed today, None where something is."""

    def __init__(self, idle: Literal["ill", "before"] | None) -> None:
        super().__init__(idle)
        self.idle = idle


def resume_plan(uow: UnitOfWork, study: Study, *, today: date, now: datetime) -> None:
    """End the pause: from today on the usual hours a week are owed again.

    A planned pause that has begun ends, and its days before today stay; pauses that have not begun stay planned. Raises
    `NotPaused` where there is no pause today.
    """
    idle = study.commitments.idle(today)
    if idle != "pause":
        raise NotPaused(idle)
    planned = [
        absence
        for absence in uow.adjustments.absences(study.enrollment)
        if absence.kind == "pause" and absence.undone_at is None and absence.first <= today <= absence.last
    ]
    for pause in planned:
        _end(uow, study, pause, today, now)
    commitments = uow.enrollments.commitments(study.enrollment)
    if commitments.idle(today) == "pause":
        uow.enrollments.commit(study.enrollment, Commitment(today, commitments.usual()), now)


def _end(uow: UnitOfWork, study: Study, pause: Absence, today: date, now: datetime) -> None:
    uow.adjustments.undo_absence(pause.id, now)
    if pause.first < today:
        uow.adjustments.add_absence(study.enrollment, pause.first, today - DAY, now, "pause")
