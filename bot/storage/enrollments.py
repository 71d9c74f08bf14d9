"""Learners on roadmaps, and how much they mean to study."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.learner import Enrollment
from bot.storage.tables import absence, commitment, enrollment, entry

_OF = (
    select(enrollment)
    .where(enrollment.c.learner == bindparam("learner"))
    .order_by(enrollment.c.chosen_at.desc(), enrollment.c.id.desc())
)
_COMMITMENTS = (
    select(commitment.c.since, commitment.c.minutes, commitment.c.recorded_at)
    .where(commitment.c.enrollment == bindparam("enrollment"))
    .order_by(commitment.c.id)
)

_ABSENT = select(absence.c.first, absence.c.last, absence.c.recorded_at).where(
    absence.c.enrollment == bindparam("enrollment"), absence.c.undone_at.is_(None)
)

_WHOSE = select(enrollment.c.learner).where(enrollment.c.id == bindparam("enrollment")).scalar_subquery()
_NEWEST_ENTRY = (
    select(entry.c.recorded_at)
    .join(enrollment)
    .where(enrollment.c.learner == _WHOSE, entry.c.recorded_at >= bindparam("now"))
    .order_by(entry.c.recorded_at.desc())
    .limit(1)
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
            tuple(Commitment(*row) for row in rows),
            tuple(Absent(*row) for row in absent),
        )

    def commit(self, enrollment_: int, commitment_: Commitment, now: datetime) -> None:
        at = after_entries(self._connection, enrollment_, now)
        values = {"enrollment": enrollment_, "since": commitment_.since, "minutes": commitment_.minutes}
        self._connection.execute(insert(commitment).values(**values, recorded_at=at))


def after_entries(connection: Connection, enrollment_: int, now: datetime) -> datetime:
    """`now`, or just after the learner's newest entry where that was recorded at this very instant.

    Whether a week was met before a change is told by these instants, so they must keep the order of events.
    """
    newest = connection.execute(_NEWEST_ENTRY, {"enrollment": enrollment_, "now": now}).scalar_one_or_none()
    return newest + timedelta(microseconds=1) if newest else now


def _enrollment(row: Row[Any]) -> Enrollment:
    return Enrollment(row.id, row.learner, row.roadmap, row.version, row.start, row.declined)
