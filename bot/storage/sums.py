"""Caches of what follows from ledgers and plans: made where they are missing, and compared with what they should be."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.core.ids import EnrollmentId, LearnerId
from bot.core.owed import OwedStretch
from bot.ports.studies import Snapshot
from bot.ports.sums import Summed
from bot.storage.rollups import Day, Rollups
from bot.storage.tables import enrollment, learner, owed_stretch, snapshot, studied_day

_WHICH: Any = bindparam("which", expanding=True)
_PAGE = (
    select(enrollment.c.id, enrollment.c.learner, enrollment.c.studied, snapshot.c.last, snapshot.c.content)
    .select_from(enrollment.outerjoin(snapshot))
    .where(enrollment.c.id > bindparam("after"))
    .order_by(enrollment.c.id)
    .limit(bindparam("most"))
)
_MISSING = (
    select(enrollment.c.id)
    .where(enrollment.c.id > bindparam("after"), enrollment.c.studied.is_(None))
    .order_by(enrollment.c.id)
    .limit(bindparam("most"))
)
_OWED = select(owed_stretch.c.learner).where(owed_stretch.c.learner == learner.c.id, owed_stretch.c.since == 1)
_MISSING_OWED = (
    select(learner.c.id)
    .where(learner.c.id > bindparam("after"), ~_OWED.exists())
    .order_by(learner.c.id)
    .limit(bindparam("most"))
)
_DAYS = select(studied_day).where(studied_day.c.enrollment.in_(_WHICH))
_TOTALS = select(enrollment).where(enrollment.c.id.in_(_WHICH))
_STRETCHES = select(owed_stretch).where(owed_stretch.c.learner.in_(_WHICH)).order_by(owed_stretch.c.since)


class SumsKept:
    """See `bot.ports.sums.SumsKept`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rollups = Rollups(connection)

    def page(self, after: EnrollmentId, limit: int) -> Sequence[Summed]:
        """At most `limit` enrollments with ids above `after`, by id."""
        rows = self._connection.execute(_PAGE, {"after": after, "most": limit})
        return [
            Summed(
                row.id,
                row.learner,
                row.studied is not None,
                Snapshot(row.last, row.content) if row.content is not None else None,
            )
            for row in rows
        ]

    def missing(self, after: int, limit: int) -> Sequence[EnrollmentId]:
        """At most `limit` enrollments with ids above `after` whose entries have not been summed up, by id."""
        return self._connection.execute(_MISSING, {"after": after, "most": limit}).scalars().all()

    def missing_owed(self, after: int, limit: int) -> Sequence[LearnerId]:
        """At most `limit` learners with ids above `after` of whom it is not known what they owe on boards, by id."""
        return self._connection.execute(_MISSING_OWED, {"after": after, "most": limit}).scalars().all()

    def wrong(self, enrollments: Collection[EnrollmentId]) -> set[EnrollmentId]:
        """Those of the enrollments whose sums are others than those of their entries."""
        which = {"which": list(enrollments)}
        days: dict[int, dict[date, Day]] = {}
        for row in self._connection.execute(_DAYS, which):
            days.setdefault(row.enrollment, {})[row.day] = Day(row.minutes, row.late)
        totals = {
            row.id: {"sum": row.studied, "so_late": row.late, "on": row.last_day, "line": row.last_entry}
            for row in self._connection.execute(_TOTALS, which)
        }
        sums = self._rollups.sums(enrollments)
        return {of for of, made in sums.items() if made.days != days.get(of, {}) or made.totals() != totals[of]}

    def wrong_owed(self, learners: Collection[LearnerId]) -> set[LearnerId]:
        """Those of the learners who owe something else on boards than is kept; without those of whom nothing is."""
        kept: dict[int, list[OwedStretch]] = {}
        for row in self._connection.execute(_STRETCHES, {"which": list(learners)}):
            stretch = OwedStretch(row.since, row.until, row.committed, bool(row.owes))
            kept.setdefault(row.learner, []).append(stretch)
        owed = self._rollups.owed(list(learners))
        return {who for who, stretches in owed.items() if who in kept and kept[who] != list(stretches)}

    def make(self, enrollments: Collection[EnrollmentId]) -> None:
        """Sum up the entries of enrollments anew, and drop their snapshots."""
        self._rollups.make(enrollments)

    def make_owed(self, learners: Collection[LearnerId]) -> None:
        """Find out anew what learners owe on boards."""
        self._rollups.make_owed(learners)
