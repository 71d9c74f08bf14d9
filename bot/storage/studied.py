"""What the members of a group studied, read for all of them at once."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Connection, bindparam, select

from bot.core.calendar import local_date
from bot.core.commitment import Commitment, Commitments
from bot.core.group import LATE, MOST_IN_A_DAY, Member, Studied
from bot.storage.tables import absence, commitment, enrollment, entry, learner

_WHO: BindParameter[int] = bindparam("who", expanding=True)
_ENTRIES = (
    select(
        enrollment.c.learner, entry.c.id, entry.c.day, entry.c.minutes, entry.c.recorded_at, entry.c.reverses,
        learner.c.zone,
    )
    .select_from(entry.join(enrollment).join(learner, learner.c.id == enrollment.c.learner))
    .where(enrollment.c.learner.in_(_WHO), entry.c.day.between(bindparam("first"), bindparam("last")))
)  # fmt: skip
_MEANT = (
    select(enrollment.c.learner, enrollment.c.id, enrollment.c.start, commitment.c.since, commitment.c.minutes)
    .select_from(commitment.join(enrollment))
    .where(enrollment.c.learner.in_(_WHO))
    .order_by(enrollment.c.chosen_at, enrollment.c.id, commitment.c.id)
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
    taken_back: set[int] = set()
    entered: dict[int, list[int]] = {}
    for row in connection.execute(_ENTRIES, who | {"first": first, "last": last}):
        day = days.setdefault(row.learner, {})
        day[row.day] = day.get(row.day, 0) + row.minutes
        if row.reverses:
            taken_back.add(row.reverses)
        elif row.minutes and local_date(row.recorded_at, ZoneInfo(row.zone)) - row.day > LATE:
            entered.setdefault(row.learner, []).append(row.id)
    meant = _meant(connection, who)
    nothing = (None, Commitments(()))
    return [
        Studied(
            member,
            sum(days.get(member.learner, {}).values()),
            meant.get(member.learner, nothing)[1],
            meant.get(member.learner, nothing)[0],
            any(id_ not in taken_back for id_ in entered.get(member.learner, ())),
            tuple(sorted(day for day, minutes in days.get(member.learner, {}).items() if minutes > MOST_IN_A_DAY)),
        )
        for member in members
    ]


def _meant(connection: Connection, who: dict[str, list[int]]) -> dict[int, tuple[date | None, Commitments]]:
    """The start and the commitments of the roadmap that each learner chose last."""
    made: dict[int, tuple[int, date, list[Commitment]]] = {}
    for row in connection.execute(_MEANT, who):
        if row.learner not in made or made[row.learner][0] != row.id:
            made[row.learner] = (row.id, row.start, [])
        made[row.learner][2].append(Commitment(row.since, row.minutes))
    absent: dict[int, list[tuple[date, date]]] = {}
    for enrollment_, first, last in connection.execute(_ABSENT, who):
        absent.setdefault(enrollment_, []).append((first, last))
    return {
        learner_: (start, Commitments(tuple(list_), tuple(absent.get(id_, ()))))
        for learner_, (id_, start, list_) in made.items()
    }
