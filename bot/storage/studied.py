"""What the members of a group studied, read for all of them at once."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Connection, bindparam, select

from bot.core.calendar import local_date
from bot.core.commitment import Commitment, Commitments
from bot.core.group import LATE, MOST_IN_A_DAY, Member, Studied
from bot.core.ledger import reversed_by
from bot.storage.tables import absence, commitment, enrollment, entry, learner

_WHO: BindParameter[int] = bindparam("who", expanding=True)
_ENTRIES = (
    select(
        enrollment.c.learner, entry.c.id, entry.c.day, entry.c.minutes, entry.c.recorded_at, entry.c.reverses,
        learner.c.zone, learner.c.day_begins,
    )
    .select_from(entry.join(enrollment).join(learner, learner.c.id == enrollment.c.learner))
    .where(enrollment.c.learner.in_(_WHO), entry.c.day.between(bindparam("first"), bindparam("last")))
)  # fmt: skip
_MEANT = (
    select(enrollment.c.learner, enrollment.c.id, commitment.c.since, commitment.c.minutes)
    .select_from(commitment.join(enrollment))
    .where(enrollment.c.learner.in_(_WHO))
    .order_by(enrollment.c.id, commitment.c.id)
)
_ABSENT = (
    select(absence.c.enrollment, absence.c.first, absence.c.last)
    .select_from(absence.join(enrollment))
    .where(enrollment.c.learner.in_(_WHO), absence.c.undone_at.is_(None))
)


def studied(connection: Connection, members: Sequence[Member], first: date, last: date) -> Sequence[Studied]:
    """See `bot.core.store.Groups.studied`."""
    who = {"who": [member.learner for member in members]}
    days: dict[int, dict[date, int]] = {}
    reversals: list[tuple[int, int | None]] = []
    entered: dict[int, list[int]] = {}
    for row in connection.execute(_ENTRIES, who | {"first": first, "last": last}):
        day = days.setdefault(row.learner, {})
        day[row.day] = day.get(row.day, 0) + row.minutes
        if row.reverses:
            reversals.append((row.id, row.reverses))
        elif row.minutes and abs(local_date(row.recorded_at, ZoneInfo(row.zone), row.day_begins) - row.day) > LATE:
            # Recorded long before its day: moved there from an earlier one.
            entered.setdefault(row.learner, []).append(row.id)
    taken_back = reversed_by(reversals)
    meant = _meant(connection, who)
    return [
        Studied(
            member,
            sum(days.get(member.learner, {}).values()),
            tuple(meant.get(member.learner, ())),
            any(id_ not in taken_back for id_ in entered.get(member.learner, ())),
            tuple(sorted(day for day, minutes in days.get(member.learner, {}).items() if minutes > MOST_IN_A_DAY)),
        )
        for member in members
    ]


def _meant(connection: Connection, who: dict[str, list[int]]) -> dict[int, list[Commitments]]:
    """The commitments of each learner, by roadmap; those of a roadmap that rests are a pause."""
    made: dict[tuple[int, int], list[Commitment]] = {}
    for row in connection.execute(_MEANT, who):
        made.setdefault((row.learner, row.id), []).append(Commitment(row.since, row.minutes))
    absent: dict[int, list[tuple[date, date]]] = {}
    for enrollment_, first, last in connection.execute(_ABSENT, who):
        absent.setdefault(enrollment_, []).append((first, last))
    meant: dict[int, list[Commitments]] = {}
    for (learner_, id_), some in made.items():
        meant.setdefault(learner_, []).append(Commitments(tuple(some), tuple(absent.get(id_, ()))))
    return meant
