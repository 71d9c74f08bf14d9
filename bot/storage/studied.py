"""What the members of a group studied, read for all of them at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Connection, DateTime, bindparam, cast, func, not_, select

from bot.core.calendar import local_date
from bot.core.group import LATE, Member, Studied
from bot.core.ledger import reversed_by
from bot.storage.plans import plans_of
from bot.storage.tables import enrollment, entry, learner

_WHO: BindParameter[int] = bindparam("who", expanding=True)
_THEIRS = (enrollment.c.learner.in_(_WHO), entry.c.day.between(bindparam("first"), bindparam("last")))
_MINUTES = (
    select(enrollment.c.learner, func.sum(entry.c.minutes).label("minutes"))
    .select_from(entry.join(enrollment))
    .where(*_THEIRS)
    .group_by(enrollment.c.learner)
)
_REVERSALS = (
    select(entry.c.id, entry.c.reverses)
    .select_from(entry.join(enrollment))
    .where(*_THEIRS, entry.c.reverses.is_not(None))
)


def _after(dialect: str, hours: int) -> ColumnElement[Any]:
    """So many hours after a line's day has begun, in UTC."""
    if dialect == "sqlite":
        return func.datetime(entry.c.day, f"{hours:+d} hours")
    return func.timezone("UTC", cast(entry.c.day, DateTime) + timedelta(hours=hours))


_LATE = {
    # What is in time by the clocks of every zone is left out; of the rest each line is looked at.
    dialect: select(
        enrollment.c.learner, entry.c.id, entry.c.day, entry.c.recorded_at, learner.c.zone, learner.c.day_begins
    )
    .select_from(entry.join(enrollment).join(learner, learner.c.id == enrollment.c.learner))
    .where(*_THEIRS, entry.c.reverses.is_(None), entry.c.minutes != 0)
    .where(not_(entry.c.recorded_at.between(_after(dialect, -6), _after(dialect, 33))))
    for dialect in ("sqlite", "postgresql")
}
_ZONES = select(learner.c.id, learner.c.zone).where(learner.c.id.in_(_WHO))


def studied(connection: Connection, members: Sequence[Member], first: date, last: date) -> Sequence[Studied]:
    """See `bot.ports.groups.Groups.studied`."""
    who = {"who": [member.learner for member in members]}
    when = who | {"first": first, "last": last}
    # Summed by the database: a group's years are millions of lines.
    minutes = {row.learner: int(row.minutes) for row in connection.execute(_MINUTES, when)}
    late = _late(connection, when)
    zones = {row.id: ZoneInfo(row.zone) for row in connection.execute(_ZONES, who)}
    plans = plans_of(connection, who["who"])
    return [
        Studied(
            member,
            minutes.get(member.learner, 0),
            tuple(plans.get(member.learner, ())),
            member.learner in late,
            zones[member.learner],
        )
        for member in members
    ]


def _late(connection: Connection, when: dict[str, Any]) -> set[int]:
    """Who has entered something, that still counts, later than the day after it, or moved it to a day far from that."""
    taken_back = reversed_by((row.id, row.reverses) for row in connection.execute(_REVERSALS, when))
    return {
        row.learner
        for row in connection.execute(_LATE[connection.dialect.name], when)
        if row.id not in taken_back
        and abs(local_date(row.recorded_at, ZoneInfo(row.zone), row.day_begins) - row.day) > LATE
    }
