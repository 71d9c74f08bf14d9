"""What studies are made of, read in two statements for all enrollments of a learner."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Row,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.ledger import Entry
from bot.ports.studies import Relief, Snapshot, StudyFacts
from bot.storage.enrollments import enrollment_of
from bot.storage.inserting import PreparedInsert
from bot.storage.ledger import ENTRY, entry_of
from bot.storage.plans import COUNTS
from bot.storage.tables import Instant, absence, adjustment, commitment, enrollment, entry, snapshot, studied_day

_ENROLLMENTS = (
    select(enrollment, snapshot.c.last, snapshot.c.content)
    .select_from(enrollment.outerjoin(snapshot))
    .where(enrollment.c.learner == bindparam("learner"))
    .order_by(enrollment.c.chosen_at.desc(), enrollment.c.id.desc())
)
_THEIRS = select(enrollment.c.id).where(enrollment.c.learner == bindparam("learner"))
_NO_DATE, _NO_INSTANT, _NO_NUMBER = cast(null(), Date), cast(null(), Instant), cast(null(), Integer)


def _fact(fact: str, table: Any, *columns: ColumnElement[Any]) -> Any:
    names = ("id", "first", "last", "minutes", "at", "undone_at")
    labelled = (column.label(name) for name, column in zip(names, columns, strict=True))
    kind = absence.c.kind if fact == "absence" else cast(literal(fact), String)
    return select(kind.label("what"), table.c.enrollment.label("of"), *labelled).where(table.c.enrollment.in_(_THEIRS))


_FACTS = union_all(
    _fact(
        "commitment",
        commitment,
        commitment.c.id,
        commitment.c.since,
        _NO_DATE,
        commitment.c.minutes,
        commitment.c.recorded_at,
        _NO_INSTANT,
    ),
    _fact(
        "absence",
        absence,
        absence.c.id,
        absence.c.first,
        absence.c.last,
        _NO_NUMBER,
        absence.c.recorded_at,
        absence.c.undone_at,
    ).where(COUNTS),
    _fact(
        "relief",
        adjustment,
        adjustment.c.id,
        _NO_DATE,
        _NO_DATE,
        adjustment.c.relieved,
        adjustment.c.made_at,
        _NO_INSTANT,
    ).where(adjustment.c.undone_at.is_(None)),
    _fact(
        "day", studied_day, _NO_NUMBER, studied_day.c.day, _NO_DATE, studied_day.c.minutes, _NO_INSTANT, _NO_INSTANT
    ).where(studied_day.c.day >= bindparam("since")),
)
"""Everything about a learner's plans, and the minutes of their last days, in one statement."""
_DAYS = select(studied_day.c.day, studied_day.c.minutes).where(studied_day.c.enrollment == bindparam("of"))
_SUMS = (
    select(entry.c.day, func.sum(entry.c.minutes).label("minutes"))
    .where(entry.c.enrollment == bindparam("of"), entry.c.minutes != 0)
    .group_by(entry.c.day)
)
_SUMMED = select(enrollment.c.studied.is_not(None)).where(enrollment.c.id == bindparam("of"))
_AFTER = (
    select(*ENTRY).where(entry.c.enrollment == bindparam("of"), entry.c.id > bindparam("after")).order_by(entry.c.id)
)
_BETWEEN = (
    select(*ENTRY)
    .where(entry.c.enrollment == bindparam("of"), entry.c.day.between(bindparam("first"), bindparam("last")))
    .order_by(entry.c.id)
)
_KEEP = PreparedInsert(
    snapshot,
    lambda new: new.on_conflict_do_update(
        index_elements=["enrollment"], set_={"last": new.excluded.last, "content": new.excluded.content}
    ),
)


class _Fact(NamedTuple):
    """A row of `_FACTS`."""

    what: str
    of: EnrollmentId
    id: int | None
    first: date
    last: date
    minutes: int
    at: Any
    undone_at: Any


class Studies:
    """See `bot.ports.studies.Studies`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def facts(self, learner: LearnerId, since: date) -> Sequence[StudyFacts]:
        """All enrollments of a learner, the one chosen last first, with the minutes of the days from `since` on."""
        rows = self._connection.execute(_ENROLLMENTS, {"learner": learner}).all()
        if not rows:
            return ()
        by_enrollment: dict[int, list[_Fact]] = {}
        for fact in self._connection.execute(_FACTS, {"learner": learner, "since": since}):
            by_enrollment.setdefault(fact.of, []).append(_Fact(*fact))
        return [self._facts(row, by_enrollment.get(row.id, ())) for row in rows]

    def days(self, enrollment_: EnrollmentId) -> Mapping[date, int]:
        """The minutes of every local date with any."""
        summed = self._connection.execute(_SUMMED, {"of": enrollment_}).scalar_one_or_none()
        return self._sums(enrollment_, summed=bool(summed))

    def after(self, enrollment_: EnrollmentId, entry_: int) -> Sequence[Entry]:
        """The entries of an enrollment with ids above `entry_`."""
        return [entry_of(row) for row in self._connection.execute(_AFTER, {"of": enrollment_, "after": entry_})]

    def between(self, enrollment_: EnrollmentId, first: date, last: date) -> Sequence[Entry]:
        """The entries of an enrollment whose days lie between two, both included."""
        key = {"of": enrollment_, "first": first, "last": last}
        return [entry_of(row) for row in self._connection.execute(_BETWEEN, key)]

    def keep(self, enrollment_: EnrollmentId, snapshot_: Snapshot) -> None:
        """Store a snapshot in place of an earlier one."""
        self._connection.execute(_KEEP.on(self._connection), {"enrollment": enrollment_, **snapshot_._asdict()})

    def _sums(self, enrollment_: EnrollmentId, *, summed: bool) -> Mapping[date, int]:
        rows = self._connection.execute(_DAYS if summed else _SUMS, {"of": enrollment_})
        return {row.day: int(row.minutes) for row in rows}

    def _facts(self, row: Row[Any], facts: Sequence[_Fact]) -> StudyFacts:
        summed = row.studied is not None
        days = {fact.first: fact.minutes for fact in facts if fact.what == "day"}
        return StudyFacts(
            enrollment_of(row),
            _commitments(facts),
            [Relief(fact.minutes, fact.at) for fact in facts if fact.what == "relief"],
            Snapshot(row.last, row.content) if row.content is not None else None,
            row.last_entry,
            days if summed else self._sums(row.id, summed=False),
            summed,
        )


def _commitments(facts: Sequence[_Fact]) -> Commitments:
    made = sorted((fact for fact in facts if fact.what == "commitment"), key=lambda fact: fact.id or 0)
    absent = {
        kind: tuple(Absent(fact.first, fact.last, fact.at, fact.undone_at) for fact in facts if fact.what == kind)
        for kind in ("illness", "pause")
    }
    return Commitments(
        tuple(Commitment(fact.first, fact.minutes, fact.at) for fact in made), absent["illness"], absent["pause"]
    )
