"""Rules for what the bot says unasked."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.core.reminder import Rule
from bot.storage.tables import reminder

_RULES = select(reminder).where(reminder.c.learner == bindparam("learner")).order_by(reminder.c.weekday, reminder.c.at)
_RULES_OF = (
    select(reminder).where(reminder.c.study_group == bindparam("of_group")).order_by(reminder.c.weekday, reminder.c.at)
)
# Always in the same order: two planners that take the same rows in different orders wait for each other.
_DUE = (
    select(reminder)
    .where(reminder.c.due <= bindparam("now"))
    .order_by(reminder.c.due, reminder.c.id)
    .limit(bindparam("most"))
)
_AHEAD = (
    select(reminder)
    .where(reminder.c.due > bindparam("horizon"), reminder.c.id > bindparam("after_id"))
    .order_by(reminder.c.id)
    .limit(bindparam("most"))
)
_KNOWN = func.sum(case((reminder.c.kind.in_(bindparam("kinds", expanding=True)), 1), else_=0))
_LACKING = (
    select(reminder.c.learner)
    .where(reminder.c.learner > bindparam("after_id"))
    .group_by(reminder.c.learner)
    .having(bindparam("count") > _KNOWN)
    .order_by(reminder.c.learner)
    .limit(bindparam("most"))
)
_NEXT = select(func.min(reminder.c.due))
_RESCHEDULE = (
    update(reminder)
    .where(reminder.c.id == bindparam("rule"), reminder.c.due == bindparam("was"))
    .values(due=bindparam("next"))
)


class Reminders:
    """See `bot.ports.reminders.Reminders`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rules(self, learner: int) -> Sequence[Rule]:
        return [_rule(row) for row in self._connection.execute(_RULES, {"learner": learner})]

    def set(
        self, learner: int, kind: str, weekdays: Collection[int], at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        first, *further = sorted(weekdays)
        values = {"weekday": first, "at": at, "zone": zone.key, "due": due}
        values |= {"further": ",".join(map(str, further)) or None}
        self._put(reminder.c.learner == learner, {"learner": learner, "kind": kind}, values)

    def add(self, learner: int, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None) -> None:
        new = postgresql_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
        values = {"learner": learner, "kind": kind, "weekday": weekday, "at": at, "zone": zone.key, "due": due}
        self._connection.execute(new(reminder).values(values).on_conflict_do_nothing())

    def lacking(self, kinds: Collection[str], after_id: int, limit: int) -> Sequence[int]:
        values = {"kinds": list(kinds), "count": len(kinds), "after_id": after_id, "most": limit}
        return self._connection.execute(_LACKING, values).scalars().all()

    def rules_of_group(self, group: int) -> Sequence[Rule]:
        return [_rule(row) for row in self._connection.execute(_RULES_OF, {"of_group": group})]

    def set_for_group(
        self, group: int, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        values = {"weekday": weekday, "at": at, "zone": zone.key, "due": due}
        self._put(reminder.c.study_group == group, {"study_group": group, "kind": kind}, values)

    def _put(self, whose: ColumnElement[bool], key: dict[str, Any], values: dict[str, Any]) -> None:
        mine = update(reminder).where(whose, reminder.c.kind == key["kind"])
        if not self._connection.execute(mine.values(values)).rowcount:
            self._connection.execute(insert(reminder).values(key | values))

    def due(self, now: datetime, limit: int) -> Sequence[Rule]:
        return [_rule(row) for row in self._connection.execute(_DUE, {"now": now, "most": limit})]

    def reschedule(self, rule: Rule, due: datetime) -> None:
        self._connection.execute(_RESCHEDULE, {"rule": rule.id, "was": rule.due, "next": due})

    def ahead(self, horizon: datetime, after_id: int, limit: int) -> Sequence[Rule]:
        values = {"horizon": horizon, "after_id": after_id, "most": limit}
        return [_rule(row) for row in self._connection.execute(_AHEAD, values)]

    def next_due(self) -> datetime | None:
        nearest: datetime | None = self._connection.execute(_NEXT).scalar_one()
        return nearest


def _rule(row: Row[Any]) -> Rule:
    further = tuple(map(int, row.further.split(","))) if row.further else ()
    zone = ZoneInfo(row.zone)
    return Rule(row.id, row.learner, row.kind, row.weekday, row.at, zone, row.due, row.study_group, further)
