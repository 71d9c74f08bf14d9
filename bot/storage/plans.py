"""The commitments and absences of many learners at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, or_, select

from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.ids import LearnerId
from bot.storage.tables import absence, commitment, enrollment

ABSENT: tuple[ColumnElement[Any], ...] = (
    absence.c.kind,
    absence.c.first,
    absence.c.last,
    absence.c.recorded_at,
    absence.c.undone_at,
)
"""What commitments are made of besides what was committed."""
COUNTS = or_(absence.c.undone_at.is_(None), absence.c.kind == "pause")
"""An illness that was taken back counts nowhere; a planned pause counts until it is."""
_WHO: Any = bindparam("who", expanding=True)
_MEANT = (
    select(enrollment.c.learner, enrollment.c.id, commitment.c.since, commitment.c.minutes, commitment.c.recorded_at)
    .select_from(commitment.join(enrollment))
    .where(enrollment.c.learner.in_(_WHO))
    .order_by(enrollment.c.id, commitment.c.id)
)
_ABSENT = (
    select(absence.c.enrollment, *ABSENT)
    .select_from(absence.join(enrollment))
    .where(enrollment.c.learner.in_(_WHO), COUNTS)
)


def absences(rows: Iterable[Row[Any]]) -> tuple[tuple[Absent, ...], tuple[Absent, ...]]:
    """Illnesses and planned pauses, from rows with the columns `ABSENT`."""
    by_kind = [(row.kind, Absent(row.first, row.last, row.recorded_at, row.undone_at)) for row in rows]
    return tuple(ill for kind, ill in by_kind if kind == "illness"), tuple(
        away for kind, away in by_kind if kind == "pause"
    )


def plans_of(connection: Connection, learners: Sequence[LearnerId]) -> dict[int, list[Commitments]]:
    """The commitments of each learner, by enrollment; enrollments that are not followed at present are paused."""
    who = {"who": list(learners)}
    made: dict[tuple[int, int], list[Commitment]] = {}
    for row in connection.execute(_MEANT, who):
        made.setdefault((row.learner, row.id), []).append(Commitment(row.since, row.minutes, row.recorded_at))
    absent: dict[int, list[Any]] = {}
    for row in connection.execute(_ABSENT, who):
        absent.setdefault(row.enrollment, []).append(row)
    meant: dict[int, list[Commitments]] = {}
    for (learner_, id_), commitments in made.items():
        meant.setdefault(learner_, []).append(Commitments(tuple(commitments), *absences(absent.get(id_, ()))))
    return meant
