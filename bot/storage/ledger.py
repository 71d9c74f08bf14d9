"""The append-only list of study entries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, func, insert, select

from bot.core.ledger import AlreadyUndone, Entry, Kind
from bot.storage.tables import enrollment, entry

_COLUMNS = (
    entry.c.id,
    entry.c.item,
    entry.c.day,
    entry.c.minutes,
    entry.c.kind,
    entry.c.recorded_at,
    entry.c.reverses,
    entry.c.note,
    entry.c.part_of,
)
_ENTRIES = select(*_COLUMNS).where(entry.c.enrollment == bindparam("enrollment")).order_by(entry.c.id)
_FIND = (
    select(*_COLUMNS, entry.c.enrollment)
    .join(enrollment)
    .where(entry.c.id == bindparam("id"), enrollment.c.learner == bindparam("learner"))
)
_TAKEN_BACK = entry.alias()
_IS_DONE = case((entry.c.kind == "done", 1), else_=0)
_SPENT = (
    select(enrollment.c.learner, entry.c.item, func.sum(entry.c.minutes), func.sum(_IS_DONE))
    .select_from(entry.join(enrollment).outerjoin(_TAKEN_BACK, _TAKEN_BACK.c.reverses == entry.c.id))
    .where(enrollment.c.learner.in_(bindparam("who", expanding=True)))
    .where(entry.c.item.in_(bindparam("these", expanding=True)))
    .where(entry.c.kind != "reversal", _TAKEN_BACK.c.id.is_(None))
    .group_by(enrollment.c.learner, entry.c.item)
)
_REVERSED = select(entry.c.id).where(entry.c.reverses == bindparam("reverses"))
_ADD = insert(entry).returning(*_COLUMNS)


class Ledger:
    """See `bot.core.store.Ledger`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self, enrollment_: int) -> tuple[Entry, ...]:
        rows = self._connection.execute(_ENTRIES, {"enrollment": enrollment_}).all()
        return tuple(Entry(*row) for row in rows)

    def find(self, learner: int, entry_: int) -> tuple[int, Entry] | None:
        row = self._connection.execute(_FIND, {"id": entry_, "learner": learner}).one_or_none()
        if row is None:
            return None
        *line, enrollment_ = row
        return enrollment_, Entry(*line)

    def finished(self, learners: Sequence[int], items: Mapping[str, int]) -> set[int]:
        spent: dict[tuple[int, str], int] = {}
        done: dict[tuple[int, str], int] = {}
        for learner, item, minutes, dones in self._connection.execute(
            _SPENT, {"who": list(learners), "these": list(items)}
        ):
            spent[learner, item], done[learner, item] = int(minutes), int(dones)
        return {
            learner
            for learner in learners
            if all(
                spent.get((learner, item), 0) >= minutes or done.get((learner, item)) for item, minutes in items.items()
            )
        }

    def add(
        self,
        enrollment_: int,
        *,
        item: str,
        day: date,
        minutes: int,
        kind: Kind,
        now: datetime,
        note: str | None = None,
        reverses: int | None = None,
        part_of: int | None = None,
    ) -> Entry:
        if reverses is not None and self._connection.execute(_REVERSED, {"reverses": reverses}).first():
            raise AlreadyUndone
        values = {
            "enrollment": enrollment_,
            "item": item,
            "day": day,
            "minutes": minutes,
            "kind": kind,
            "recorded_at": now,
            "reverses": reverses,
            "note": note,
            "part_of": part_of,
        }
        return Entry(*self._connection.execute(_ADD, values).one())
