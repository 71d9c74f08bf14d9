"""Bends of plans and days of absence; undone ones stay as lines."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from bot.core.catchup import Absence, Adjustment, Kind
from bot.storage.enrollments import after_entries
from bot.storage.tables import absence, adjustment

_ADJUSTMENTS = select(adjustment).where(adjustment.c.enrollment == bindparam("of")).order_by(adjustment.c.id)
_ABSENCES = select(absence).where(absence.c.enrollment == bindparam("of")).order_by(absence.c.id)


class Bends:
    """See `bot.core.store.Bends`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def adjustments(self, enrollment: int) -> Sequence[Adjustment]:
        return [_adjustment(row) for row in self._connection.execute(_ADJUSTMENTS, {"of": enrollment})]

    def adjust(
        self, enrollment: int, kind: Kind, relieved: int, usual: int, returns: date | None, trims: Sequence[int],
        now: datetime,
    ) -> int:  # fmt: skip
        before = json.dumps({"usual": usual, "returns": returns.isoformat() if returns else None, "trims": [*trims]})
        values = {"enrollment": enrollment, "kind": kind, "relieved": relieved, "before": before, "made_at": now}
        return self._added(adjustment, values)

    def absences(self, enrollment: int) -> Sequence[Absence]:
        rows = self._connection.execute(_ABSENCES, {"of": enrollment})
        return [Absence(row.id, row.enrollment, row.first, row.last, row.recorded_at, row.undone_at) for row in rows]

    def be_absent(self, enrollment: int, first: date, last: date, now: datetime) -> int:
        values = {"enrollment": enrollment, "first": first, "last": last}
        return self._added(absence, values | {"recorded_at": after_entries(self._connection, enrollment, now)})

    def undo_adjustment(self, adjustment_: int, now: datetime) -> bool:
        return self._undone(adjustment, adjustment_, now)

    def undo_absence(self, absence_: int, now: datetime) -> bool:
        return self._undone(absence, absence_, now)

    def _added(self, table: Table, values: dict[str, Any]) -> int:
        id_: int = self._connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
        return id_

    def _undone(self, table: Table, id_: int, now: datetime) -> bool:
        mine = update(table).where(table.c.id == id_, table.c.undone_at.is_(None)).values(undone_at=now)
        return self._connection.execute(mine).rowcount == 1


def _adjustment(row: Row[Any]) -> Adjustment:
    before = json.loads(row.before)
    returns = date.fromisoformat(before["returns"]) if before["returns"] else None
    return Adjustment(
        row.id, row.enrollment, row.kind, row.relieved, before["usual"], returns, tuple(before["trims"]), row.made_at,
        row.undone_at,
    )  # fmt: skip
