"""What is summed up of ledgers and plans for boards and studies; every write of what it is made of renews it.

It is a cache: `make` and `make_owed` do it anew. An enrollment whose entries have not been summed yet (of an older
database) is summed up by the first write.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Connection, Date, bindparam, case, delete, func, insert, or_, select, update

from bot.core.calendar import local_date
from bot.core.group import LATE
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.ledger import Entry, reversed_by
from bot.core.owed import OwedStretch, owed_stretches
from bot.storage.inserting import PreparedInsert
from bot.storage.plans import plans_of
from bot.storage.tables import enrollment, entry, learner, owed_stretch, snapshot, studied_day

_EARLY, _LATEST = timedelta(hours=-6), timedelta(hours=33)
"""What is recorded so long after its day began, in UTC, is in time by the clocks of every zone."""
_ON: BindParameter[date] = bindparam("on", type_=Date())
_ADD = (
    update(enrollment)
    .where(enrollment.c.id == bindparam("of"))
    .values(
        studied=enrollment.c.studied + bindparam("more"),
        late=enrollment.c.late + bindparam("more_late"),
        last_day=case(
            (or_(enrollment.c.last_day.is_(None), enrollment.c.last_day < _ON), _ON), else_=enrollment.c.last_day
        ),
        last_entry=bindparam("line"),
    )
    .returning(enrollment.c.studied)
)
_ZONE = select(learner.c.zone, learner.c.day_begins).join(enrollment).where(enrollment.c.id == bindparam("of"))
_LINE = select(entry.c.reverses, entry.c.recorded_at).where(entry.c.id == bindparam("id"))
_WHICH: Any = bindparam("which", expanding=True)
_WHO: Any = bindparam("who", expanding=True)
_SUMS = (
    select(entry.c.enrollment, entry.c.day, func.sum(entry.c.minutes).label("minutes"))
    .where(entry.c.enrollment.in_(_WHICH), entry.c.minutes != 0)
    .group_by(entry.c.enrollment, entry.c.day)
)
_NEWEST = (
    select(entry.c.enrollment, func.max(entry.c.id).label("id"))
    .where(entry.c.enrollment.in_(_WHICH))
    .group_by(entry.c.enrollment)
)
_COUNTING = (
    select(entry.c.enrollment, entry.c.id, entry.c.day, entry.c.recorded_at, learner.c.zone, learner.c.day_begins)
    .select_from(entry.join(enrollment).join(learner, learner.c.id == enrollment.c.learner))
    .where(entry.c.enrollment.in_(_WHICH), entry.c.reverses.is_(None), entry.c.minutes != 0)
)
_REVERSALS = select(entry.c.id, entry.c.reverses).where(entry.c.enrollment.in_(_WHICH), entry.c.reverses.is_not(None))
_SET = (
    update(enrollment)
    .where(enrollment.c.id == bindparam("of"))
    .values(studied=bindparam("sum"), late=bindparam("so_late"), last_day=_ON, last_entry=bindparam("line"))
)
_THEIRS = select(enrollment.c.id).where(enrollment.c.learner == bindparam("whose"), enrollment.c.studied.is_not(None))
_ZONES = select(learner.c.id, learner.c.zone).where(learner.c.id.in_(_WHO))


class Day(NamedTuple):
    """Minutes of a local date, and how many of its entries that count were entered late."""

    minutes: int
    late: int


@dataclass
class Sums:
    """The days of an enrollment's ledger that have minutes, and the id of its newest line (0: none)."""

    newest: int = 0
    days: dict[date, Day] = field(default_factory=dict)

    def totals(self) -> dict[str, Any]:
        """What the enrollment's row has of them."""
        return {
            "sum": sum(day.minutes for day in self.days.values()),
            "so_late": sum(day.late for day in self.days.values()),
            "on": max(self.days, default=None),
            "line": self.newest,
        }


class Rollups:
    """Sums of the entries of enrollments, and what learners owe on boards."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, enrollment_: EnrollmentId, line: Entry) -> None:
        """Add a line of the ledger, which has just been written, to the sums of its enrollment."""
        late = self._more_late(enrollment_, line) if line.minutes else 0
        values: dict[str, Any] = {"of": enrollment_, "more": line.minutes, "more_late": late, "line": line.id}
        values["on"] = line.day if line.minutes else None
        if self._connection.execute(_ADD, values).scalar_one() is None:
            self.make([enrollment_])
        elif line.minutes:
            day = {"enrollment": enrollment_, "day": line.day, "minutes": line.minutes, "late": late}
            self._connection.execute(_PUT.on(self._connection), day)

    def make(self, enrollments: Collection[EnrollmentId]) -> None:
        """Sum up all entries of enrollments anew, and drop what was known of their order."""
        which = {"which": list(enrollments)}
        self._connection.execute(delete(snapshot).where(snapshot.c.enrollment.in_(_WHICH)), which)
        self._connection.execute(delete(studied_day).where(studied_day.c.enrollment.in_(_WHICH)), which)
        sums = self.sums(enrollments)
        days = [
            {"enrollment": of, "day": on, **day._asdict()} for of, made in sums.items() for on, day in made.days.items()
        ]
        if days:
            self._connection.execute(insert(studied_day), days)
        if sums:
            self._connection.execute(_SET, [{"of": of, **made.totals()} for of, made in sums.items()])

    def make_owed(self, learners: Iterable[LearnerId]) -> None:
        """Find out anew what learners owe on boards."""
        who = list(learners)
        self._connection.execute(delete(owed_stretch).where(owed_stretch.c.learner.in_(_WHO)), {"who": who})
        owed = self.owed(who)
        rows = [{"learner": id_, **stretch._asdict()} for id_, stretches in owed.items() for stretch in stretches]
        if rows:
            self._connection.execute(insert(owed_stretch), rows)

    def follow_clock(self, learner_: LearnerId) -> None:
        """Judge anew what a learner has entered late, and what they owe, after their zone or day has changed."""
        known: Sequence[EnrollmentId] = self._connection.execute(_THEIRS, {"whose": learner_}).scalars().all()
        if known:
            self.make(known)
        self.make_owed([learner_])

    def sums(self, enrollments: Collection[EnrollmentId]) -> Mapping[EnrollmentId, Sums]:
        """The sums of enrollments, from all their entries."""
        which = {"which": list(enrollments)}
        sums = {EnrollmentId(of): Sums() for of in which["which"]}
        for row in self._connection.execute(_NEWEST, which):
            sums[row.enrollment].newest = row.id
        for of, on, minutes in self._connection.execute(_SUMS, which):
            sums[of].days[on] = Day(int(minutes), 0)
        for of, on in self._late(which):
            day = sums[of].days[on]
            sums[of].days[on] = day._replace(late=day.late + 1)
        return sums

    def owed(self, learners: Sequence[LearnerId]) -> Mapping[LearnerId, Sequence[OwedStretch]]:
        """What learners owe on boards, from their commitments and absences."""
        plans = plans_of(self._connection, learners)
        rows = self._connection.execute(_ZONES, {"who": list(learners)})
        return {row.id: owed_stretches(plans.get(row.id, ()), ZoneInfo(row.zone)) for row in rows}

    def _late(self, which: dict[str, Any]) -> list[tuple[EnrollmentId, date]]:
        """Enrollment and day of each entry that counts and was entered late."""
        late = [
            row
            for row in self._connection.execute(_COUNTING, which)
            if not _in_time(row.recorded_at, row.day)
            and _is_late(row.recorded_at, row.day, ZoneInfo(row.zone), row.day_begins)
        ]
        if not late:
            return []
        taken_back = reversed_by((row.id, row.reverses) for row in self._connection.execute(_REVERSALS, which))
        return [(row.enrollment, row.day) for row in late if row.id not in taken_back]

    def _more_late(self, enrollment_: EnrollmentId, line: Entry) -> int:
        """How many more lines count that were entered late: a reversal takes one back, or brings it back."""
        recorded_at, reverses = line.recorded_at, line.reverses
        while reverses is not None:
            before = self._connection.execute(_LINE, {"id": reverses}).one()
            recorded_at, reverses = before.recorded_at, before.reverses
        if _in_time(recorded_at, line.day):
            return 0
        zone, begins = self._connection.execute(_ZONE, {"of": enrollment_}).one()
        late = _is_late(recorded_at, line.day, ZoneInfo(zone), begins)
        return int(late) if line.minutes > 0 else -int(late)


def _in_time(recorded_at: datetime, day: date) -> bool:
    since = recorded_at - datetime.combine(day, time(), UTC)
    return _EARLY <= since <= _LATEST


def _is_late(recorded_at: datetime, day: date, zone: ZoneInfo, begins: int) -> bool:
    return abs(local_date(recorded_at, zone, begins) - day) > LATE


_PUT = PreparedInsert(
    studied_day,
    lambda day: day.on_conflict_do_update(
        index_elements=["enrollment", "day"],
        set_={name: studied_day.c[name] + day.excluded[name] for name in ("minutes", "late")},
    ),
)
"""Minutes that are added to those of their day."""
