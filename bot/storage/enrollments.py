"""Learners on roadmaps, and how much they mean to study."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.core.commitment import Commitment, Commitments
from bot.core.learner import Enrollment
from bot.storage.tables import absence, commitment, enrollment

_OF = (
    select(enrollment)
    .where(enrollment.c.learner == bindparam("learner"))
    .order_by(enrollment.c.chosen_at.desc(), enrollment.c.id.desc())
)
_COMMITMENTS = (
    select(commitment.c.since, commitment.c.minutes)
    .where(commitment.c.enrollment == bindparam("enrollment"))
    .order_by(commitment.c.id)
)

_ABSENT = select(absence.c.first, absence.c.last, absence.c.kind).where(
    absence.c.enrollment == bindparam("enrollment"), absence.c.undone_at.is_(None)
)


class Enrollments:
    """See `bot.core.store.Enrollments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, learner: int) -> Enrollment | None:
        return next(iter(self.of(learner)), None)

    def of(self, learner: int) -> Sequence[Enrollment]:
        return [_enrollment(row) for row in self._connection.execute(_OF, {"learner": learner})]

    def get(self, enrollment_: int) -> Enrollment | None:
        row = self._connection.execute(select(enrollment).where(enrollment.c.id == enrollment_)).one_or_none()
        return _enrollment(row) if row else None

    def enroll(self, learner: int, *, roadmap: str, version: str, start: date, now: datetime) -> Enrollment:
        again = update(enrollment).where(enrollment.c.learner == learner, enrollment.c.roadmap == roadmap)
        if not self._connection.execute(again.values(chosen_at=now)).rowcount:
            values = {"learner": learner, "roadmap": roadmap, "version": version, "start": start, "chosen_at": now}
            self._connection.execute(insert(enrollment).values(values))
        current = self.current(learner)
        assert current is not None  # noqa: S101 - it was just chosen
        return current

    def decline(self, enrollment_: int, version: str) -> None:
        self._connection.execute(update(enrollment).where(enrollment.c.id == enrollment_).values(declined=version))

    def begin(self, enrollment_: int, start: date) -> None:
        self._connection.execute(update(enrollment).where(enrollment.c.id == enrollment_).values(start=start))

    def commitments(self, enrollment_: int) -> Commitments:
        rows = self._connection.execute(_COMMITMENTS, {"enrollment": enrollment_}).all()
        absent = self._connection.execute(_ABSENT, {"enrollment": enrollment_}).all()
        return Commitments(
            tuple(Commitment(row.since, row.minutes) for row in rows),
            tuple((row.first, row.last) for row in absent if row.kind == "illness"),
            tuple((row.first, row.last) for row in absent if row.kind == "pause"),
        )

    def commit(self, enrollment_: int, commitment_: Commitment, now: datetime) -> None:
        self._connection.execute(
            insert(commitment).values(
                enrollment=enrollment_, since=commitment_.since, minutes=commitment_.minutes, recorded_at=now
            )
        )


def _enrollment(row: Row[Any]) -> Enrollment:
    return Enrollment(row.id, row.learner, row.roadmap, row.version, row.start, row.declined)
