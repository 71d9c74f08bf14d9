"""The append-only list of study entries."""

from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select

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
