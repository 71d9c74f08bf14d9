"""Adjustments of plans, and absences. Undone ones keep their rows."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from bot.core.catchup import Absence, AbsenceKind, Adjustment, Kind
from bot.core.ids import EnrollmentId
from bot.ports.changes import PlanChanged
from bot.storage.changes import changes_of
from bot.storage.instants import Instants
from bot.storage.rollups import Rollups
from bot.storage.tables import absence, adjustment, enrollment

_ADJUSTMENTS = select(adjustment).where(adjustment.c.enrollment == bindparam("of")).order_by(adjustment.c.id)
_ABSENCES = select(absence).where(absence.c.enrollment == bindparam("of")).order_by(absence.c.id)


class Adjustments:
    """See `bot.ports.adjustments.Adjustments`."""

    def __init__(self, connection: Connection, instants: Instants) -> None:
        self._connection = connection
        self._instants = instants

    def of(self, enrollment: EnrollmentId) -> Sequence[Adjustment]:
        """Every adjustment of an enrollment in the order of recording, undone ones included."""
        return [_adjustment(row) for row in self._connection.execute(_ADJUSTMENTS, {"of": enrollment})]

    def add(
        self,
        enrollment: EnrollmentId,
        kind: Kind,
        relieved: int,
        usual: int,
        returns: date | None,
        trims: Sequence[int],
        now: datetime,
    ) -> int:
        """Record an adjustment and return its id."""
        before = json.dumps({"usual": usual, "returns": returns.isoformat() if returns else None, "trims": [*trims]})
        values = {"enrollment": enrollment, "kind": kind, "relieved": relieved, "before": before, "made_at": now}
        return self._added(adjustment, values)

    def absences(self, enrollment: EnrollmentId) -> Sequence[Absence]:
        """Every absence of an enrollment in the order of recording, undone ones included."""
        rows = self._connection.execute(_ABSENCES, {"of": enrollment})
        return [Absence(**row._mapping) for row in rows]

    def add_absence(
        self, enrollment: EnrollmentId, first: date, last: date, now: datetime, kind: AbsenceKind = "illness"
    ) -> int:
        """Record an absence from `first` to `last`, both included, and return its id."""
        values = {"enrollment": enrollment, "first": first, "last": last, "kind": kind}
        return self._added(absence, values | {"recorded_at": self._instants.of_change(enrollment, now)})

    def undo_adjustment(self, adjustment_: int, now: datetime) -> bool:
        """Take an adjustment back; False if that was done before."""
        return self._undone(adjustment, adjustment_, now)

    def undo_absence(self, absence_: int, now: datetime) -> bool:
        """Take an absence back; False if that was done before."""
        of = self._connection.execute(select(absence.c.enrollment).where(absence.c.id == absence_)).scalar_one_or_none()
        return of is not None and self._undone(absence, absence_, self._instants.of_change(of, now))

    def _added(self, table: Table, values: dict[str, Any]) -> int:
        id_: int = self._connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
        self._note_change(table, values["enrollment"])
        return id_

    def _undone(self, table: Table, id_: int, now: datetime) -> bool:
        statement = update(table).where(table.c.id == id_, table.c.undone_at.is_(None)).values(undone_at=now)
        of = self._connection.execute(statement.returning(table.c.enrollment)).scalar_one_or_none()
        if of is not None:
            self._note_change(table, of)
        return of is not None

    def _note_change(self, table: Table, enrollment_: EnrollmentId) -> None:
        if table is absence:
            whose = select(enrollment.c.learner).where(enrollment.c.id == enrollment_)
            Rollups(self._connection).make_owed([self._connection.execute(whose).scalar_one()])
        changes_of(self._connection).add(PlanChanged(enrollment_))


def _adjustment(row: Row[Any]) -> Adjustment:
    before = json.loads(row.before)
    returns = date.fromisoformat(before["returns"]) if before["returns"] else None
    return Adjustment(
        row.id,
        row.enrollment,
        row.kind,
        row.relieved,
        before["usual"],
        returns,
        tuple(before["trims"]),
        row.made_at,
        row.undone_at,
    )
