"""Enrollments and their commitments, in the database."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.learner import Enrollment
from bot.ports.changes import PlanChanged
from bot.storage.changes import changes_of
from bot.storage.instants import Instants
from bot.storage.plans import ABSENT, COUNTS, absences
from bot.storage.rollups import Rollups
from bot.storage.tables import absence, commitment, enrollment

_GET = select(enrollment).where(enrollment.c.id == bindparam("id"))
_OF = (
    select(enrollment)
    .where(enrollment.c.learner == bindparam("learner"))
    .order_by(enrollment.c.chosen_at.desc(), enrollment.c.id.desc())
)
_WHOSE = select(enrollment.c.learner).where(enrollment.c.id == bindparam("of"))
_COMMITMENTS = (
    select(commitment.c.since, commitment.c.minutes, commitment.c.recorded_at)
    .where(commitment.c.enrollment == bindparam("enrollment"))
    .order_by(commitment.c.id)
)

_ABSENT = select(*ABSENT).where(absence.c.enrollment == bindparam("enrollment"), COUNTS)


class Enrollments:
    """See `bot.ports.enrollments.Enrollments`."""

    def __init__(self, connection: Connection, instants: Instants) -> None:
        self._connection = connection
        self._instants = instants

    def current(self, learner: LearnerId) -> Enrollment | None:
        """The enrollment that the learner chose last; None if there is none."""
        return next(iter(self.of(learner)), None)

    def of(self, learner: LearnerId) -> Sequence[Enrollment]:
        """All enrollments of a learner, the one chosen last first."""
        return [enrollment_of(row) for row in self._connection.execute(_OF, {"learner": learner})]

    def get(self, enrollment_: EnrollmentId) -> Enrollment | None:
        """An enrollment of any learner by its id; None if there is none."""
        row = self._connection.execute(_GET, {"id": enrollment_}).one_or_none()
        return enrollment_of(row) if row else None

    def enroll(self, learner: LearnerId, *, roadmap: str, version: str, start: date, now: datetime) -> Enrollment:
        """Enroll a learner in a roadmap from the local date `start` on, or choose an earlier enrollment in it again,
        unchanged."""
        again = update(enrollment).where(enrollment.c.learner == learner, enrollment.c.roadmap == roadmap)
        if not self._connection.execute(again.values(chosen_at=now)).rowcount:
            values = {"learner": learner, "roadmap": roadmap, "version": version, "start": start, "chosen_at": now}
            values |= {"studied": 0, "late": 0, "last_entry": 0}
            self._connection.execute(insert(enrollment).values(values))
        current = self.current(learner)
        assert current is not None  # noqa: S101 - it was just chosen
        changes_of(self._connection).add(PlanChanged(current.id))
        return current

    def decline(self, enrollment_: EnrollmentId, version: str) -> None:
        """Record that the learner keeps their version and does not want to hear of `version` again."""
        self._connection.execute(update(enrollment).where(enrollment.c.id == enrollment_).values(declined=version))
        changes_of(self._connection).add(PlanChanged(enrollment_))

    def set_start(self, enrollment_: EnrollmentId, start: date) -> None:
        """Change the first day of an enrollment that has no entries yet; no commitment begins before it."""
        earlier = (commitment.c.enrollment == enrollment_, commitment.c.since < start)
        self._connection.execute(update(commitment).where(*earlier).values(since=start))
        self._connection.execute(update(enrollment).where(enrollment.c.id == enrollment_).values(start=start))
        changes_of(self._connection).add(PlanChanged(enrollment_))

    def commitments(self, enrollment_: EnrollmentId) -> Commitments:
        """The history of an enrollment's commitments, with its absences and pauses."""
        rows = self._connection.execute(_COMMITMENTS, {"enrollment": enrollment_}).all()
        absent = self._connection.execute(_ABSENT, {"enrollment": enrollment_}).all()
        return Commitments(tuple(Commitment(*row) for row in rows), *absences(absent))

    def commit(self, enrollment_: EnrollmentId, commitment_: Commitment, now: datetime) -> None:
        """Append a commitment to the history."""
        at = self._instants.of_change(enrollment_, now)
        values = {"enrollment": enrollment_, "since": commitment_.since, "minutes": commitment_.minutes}
        whose = self._connection.execute(_WHOSE, {"of": enrollment_}).scalar_one()
        self._connection.execute(insert(commitment).values(**values, recorded_at=at))
        Rollups(self._connection).make_owed([whose])
        changes_of(self._connection).add(PlanChanged(enrollment_))


def enrollment_of(row: Row[Any]) -> Enrollment:
    """An enrollment from a row of its table, which may have more columns."""
    return Enrollment(row.id, row.learner, row.roadmap, row.version, row.start, row.declined)
