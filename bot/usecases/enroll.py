"""Follow a roadmap: a new one, or one that was left."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.core import commitment
from bot.core.commitment import Commitment
from bot.core.ids import EnrollmentId
from bot.core.learner import Enrollment, Learner
from bot.core.reminder import ReminderKind
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.new_reminders import add_usual_reminders
from bot.usecases.start_on import announce_first_day
from roadmap.model import Roadmap


def enroll(
    uow: UnitOfWork,
    learner: Learner,
    roadmap: Roadmap,
    *,
    minutes: int,
    reminders: Iterable[ReminderKind],
    today: date,
    now: datetime,
    start: date | None = None,
) -> Enrollment | None:
    """Let the learner follow a roadmap, `minutes` a week, from today on or from a later day `start`; returns the
    enrollment before, if any.

    The enrollment before rests: its hours are kept and nothing is owed on it. Pauses that are not over are taken along.
    A roadmap that was followed before is taken up again as it was. The learner gets a reminder of each kind in
    `reminders` of which they have none. Raises `bot.core.commitment.OutOfRange` for too few or too many minutes a week.
    """
    commitment.check(minutes)
    before = uow.enrollments.current(learner.id)
    if before:
        uow.enrollments.commit(before.id, Commitment(today, 0), now)
    first = start or today
    enrollment = uow.enrollments.enroll(learner.id, roadmap=roadmap.id, version=roadmap.version, start=first, now=now)
    uow.enrollments.commit(enrollment.id, Commitment(first, minutes), now)
    if before:
        _keep_pauses(uow, before.id, enrollment.id, today, now)
    add_usual_reminders(uow, learner.id, learner.zone, reminders, now)
    announce_first_day(uow, learner, first, today=today)
    return before


def _keep_pauses(uow: UnitOfWork, before: EnrollmentId, enrollment: EnrollmentId, today: date, now: datetime) -> None:
    """A holiday is the learner's, on whichever roadmap."""
    known = {(pause.first, pause.last) for pause in uow.adjustments.absences(enrollment) if pause.undone_at is None}
    for pause in uow.adjustments.absences(before):
        ahead = pause.kind == "pause" and pause.undone_at is None and pause.last >= today
        if ahead and (pause.first, pause.last) not in known:
            uow.adjustments.add_absence(enrollment, max(pause.first, today), pause.last, now, "pause")
