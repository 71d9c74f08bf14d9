"""The append-only ledger of study entries, in the database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from bot.core.ids import EnrollmentId, EntryId, LearnerId
from bot.core.ledger import AlreadyUndone, Entry, Kind, NewLine, effective
from bot.ports.changes import EntryAdded
from bot.ports.ledger import NewestEntries
from bot.storage.changes import changes_of
from bot.storage.rollups import Rollups
from bot.storage.tables import enrollment, entry

ENTRY = (
    entry.c.id,
    entry.c.item,
    entry.c.day,
    entry.c.minutes,
    entry.c.kind,
    entry.c.recorded_at,
    entry.c.reverses,
    entry.c.note,
    entry.c.part_of,
    entry.c.moves,
)
_ENTRIES = select(*ENTRY).where(entry.c.enrollment == bindparam("enrollment")).order_by(entry.c.id)
_FROM = _ENTRIES.where(entry.c.id >= bindparam("first"))
_ORIGINALS = (
    entry.c.enrollment == bindparam("enrollment"),
    entry.c.kind != "reversal",
    entry.c.part_of.is_(None),
    entry.c.moves.is_(None),
)
_NEWEST = (
    select(entry.c.id).where(*_ORIGINALS).order_by(entry.c.id.desc()).offset(bindparam("skip")).limit(bindparam("most"))
)
_TOTAL = select(func.count()).select_from(entry).where(*_ORIGINALS)
_BEFORE = select(func.coalesce(entry.c.part_of, entry.c.moves)).where(entry.c.id == bindparam("id"))
_BY_ITEM = (
    select(entry.c.item, func.sum(entry.c.minutes).label("minutes"))
    .where(entry.c.enrollment == bindparam("enrollment"))
    .group_by(entry.c.item)
)
_ENROLLMENT_OF = (
    select(entry.c.enrollment)
    .join(enrollment)
    .where(entry.c.id == bindparam("id"), enrollment.c.learner == bindparam("learner"))
)
_ON_ITEMS = (
    enrollment.c.learner.in_(bindparam("who", expanding=True)),
    entry.c.item.in_(bindparam("on_items", expanding=True)),
)
_SPENT = (
    select(enrollment.c.learner, entry.c.item, func.sum(entry.c.minutes))
    .select_from(entry.join(enrollment))
    .where(*_ON_ITEMS)
    .group_by(enrollment.c.learner, entry.c.item)
)
_CLOSED = (
    select(*ENTRY, enrollment.c.learner)
    .select_from(entry.join(enrollment))
    .where(*_ON_ITEMS, entry.c.minutes == 0)
    .order_by(entry.c.id)
)
"""What was marked done, and whether that was taken back: the lines without minutes."""
_REVERSED = select(entry.c.id).where(entry.c.reverses == bindparam("reverses"))
_ANY_REVERSED = select(entry.c.id).where(entry.c.reverses.in_(bindparam("reversed", expanding=True))).limit(1)
_ADD = insert(entry).returning(*ENTRY)
_ADD_ALL = insert(entry).returning(*ENTRY, sort_by_parameter_order=True)


class Ledger:
    """See `bot.ports.ledger.Ledger`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def entries(self, enrollment_: EnrollmentId) -> tuple[Entry, ...]:
        """Every entry of an enrollment, in the order of recording."""
        rows = self._connection.execute(_ENTRIES, {"enrollment": enrollment_}).all()
        return tuple(entry_of(row) for row in rows)

    def newest(self, enrollment_: EnrollmentId, skip: int, most: int) -> NewestEntries:
        """The newest of what was entered at once, at most `most` after the first `skip`."""
        key = {"enrollment": enrollment_}
        originals = self._connection.execute(_NEWEST, key | {"skip": skip, "most": most}).scalars().all()
        total = self._connection.execute(_TOTAL, key).scalar_one()
        # Whatever moves a line, takes it back or is a part of it comes behind it.
        rows = self._connection.execute(_FROM, key | {"first": originals[-1]}).all() if originals else ()
        return NewestEntries(originals, total, [entry_of(row) for row in rows])

    def original(self, entry_: EntryId) -> EntryId:
        """The first line of what an entry is a part of and was moved from."""
        before: EntryId | None = entry_
        while before is not None:
            entry_, before = before, self._connection.execute(_BEFORE, {"id": before}).scalar_one_or_none()
        return entry_

    def minutes_by_item(self, enrollment_: EnrollmentId) -> Mapping[str, int]:
        """Minutes by item, reversals included."""
        rows = self._connection.execute(_BY_ITEM, {"enrollment": enrollment_})
        return {row.item: int(row.minutes) for row in rows}

    def enrollment_of(self, learner: LearnerId, entry_: EntryId) -> EnrollmentId | None:
        """The id of the enrollment in whose ledger an entry of this learner is."""
        key = {"id": entry_, "learner": learner}
        enrollment_: EnrollmentId | None = self._connection.execute(_ENROLLMENT_OF, key).scalar_one_or_none()
        return enrollment_

    def finished(self, learners: Sequence[LearnerId], items: Mapping[str, int]) -> set[LearnerId]:
        """Those of the learners who have finished every one of the items, given with their minutes: studied that
        long, or marked done."""
        key = {"who": list(learners), "on_items": list(items)}
        spent = {(learner, item): int(minutes) for learner, item, minutes in self._connection.execute(_SPENT, key)}
        closed: dict[LearnerId, list[Entry]] = {}
        for row in self._connection.execute(_CLOSED, key):
            closed.setdefault(row.learner, []).append(entry_of(row))
        done = {
            (learner, line.item)
            for learner, lines in closed.items()
            for line in effective(lines)
            if line.kind == "done"
        }
        return {
            learner
            for learner in learners
            if all(
                spent.get((learner, item), 0) >= minutes or (learner, item) in done for item, minutes in items.items()
            )
        }

    def add(
        self,
        enrollment_: EnrollmentId,
        *,
        item: str,
        day: date,
        minutes: int,
        kind: Kind,
        now: datetime,
        note: str | None = None,
        reverses: EntryId | None = None,
        part_of: EntryId | None = None,
        moves: EntryId | None = None,
    ) -> Entry:
        """Append an entry, and return it."""
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
            "moves": moves,
        }
        added = Entry(*self._connection.execute(_ADD, values).one())
        Rollups(self._connection).add(enrollment_, added)
        changes_of(self._connection).add(EntryAdded(enrollment_, added))
        return added

    def add_all(
        self, enrollment_: EnrollmentId, lines: Sequence[NewLine], *, now: datetime, together: bool = False
    ) -> tuple[Entry, ...]:
        """Append many entries in a few statements, and return them; `together`: the others are part of the first."""
        taken_back = [line.reverses for line in lines if line.reverses is not None]
        if taken_back and self._connection.execute(_ANY_REVERSED, {"reversed": taken_back}).first():
            raise AlreadyUndone
        shared = {"enrollment": enrollment_, "recorded_at": now, "part_of": None, "moves": None}
        rows = [{**line._asdict(), **shared} for line in lines]
        added: list[Entry] = []
        if together and rows:
            added.append(Entry(*self._connection.execute(_ADD, rows.pop(0)).one()))
            rows = [{**row, "part_of": added[0].id} for row in rows]
        if rows:
            added += [Entry(*row) for row in self._connection.execute(_ADD_ALL, rows)]
        # Summing up anew costs one look at the ledger, however many lines are added.
        Rollups(self._connection).make([enrollment_])
        for line in added:
            changes_of(self._connection).add(EntryAdded(enrollment_, line))
        return tuple(added)


def entry_of(row: Sequence[Any]) -> Entry:
    """A line from a row that may have more behind its columns."""
    return Entry(*row[: len(ENTRY)])
