"""Reminder rules, in the database."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, bindparam, case, delete, func, insert, select, update

from bot.core.ids import GroupId, LearnerId
from bot.core.reminder import STUDY_TIME, Rule
from bot.storage.inserting import insert_on
from bot.storage.tables import reminder

_RULES = select(reminder).where(reminder.c.learner == bindparam("learner")).order_by(reminder.c.weekday, reminder.c.at)
_RULES_OF = (
    select(reminder).where(reminder.c.study_group == bindparam("of_group")).order_by(reminder.c.weekday, reminder.c.at)
)
# Two planners divide what is due: each takes rules that the other has not taken.
_DUE = (
    select(reminder)
    .where(reminder.c.due <= bindparam("now"))
    .order_by(reminder.c.due, reminder.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
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

    def rules(self, learner: LearnerId) -> Sequence[Rule]:
        """The rules of a learner, in the order of the week."""
        return [_rule(row) for row in self._connection.execute(_RULES, {"learner": learner})]

    def set(
        self, learner: LearnerId, kind: str, weekdays: Collection[int], at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        """Set the learner's rule of this kind: local time `at` on `weekdays` (0 is Monday)."""
        first, *further = sorted(weekdays)
        values = {"weekday": first, "at": at, "zone": zone.key, "due": due}
        values |= {"further": ",".join(map(str, further)) or None}
        self._put(reminder.c.learner == learner, {"learner": learner, "kind": kind}, values)

    def put_study_time(
        self, learner: LearnerId, slot: int, weekday: int, at: time, minutes: int, *, since: date
    ) -> None:
        """Add a study time with this slot, muted; where the learner has it already, only its length changes."""
        known = update(reminder).where(*_study_times(learner, [slot])).values(minutes=minutes)
        if not self._connection.execute(known).rowcount:
            values = {"learner": learner, "kind": STUDY_TIME, "slot": slot, "weekday": weekday, "at": at}
            values |= {"minutes": minutes, "since": since, "zone": "UTC"}
            self._connection.execute(insert(reminder).values(values))

    def drop_study_times(self, learner: LearnerId, slots: Collection[int]) -> None:
        """Delete the learner's study times with these slots."""
        if slots:
            self._connection.execute(delete(reminder).where(*_study_times(learner, slots)))

    def set_since(self, learner: LearnerId, slots: Collection[int], since: date) -> None:
        """Let the learner's study times with these slots be silent before the local date `since`."""
        if slots:
            self._connection.execute(update(reminder).where(*_study_times(learner, slots)).values(since=since))

    def set_due(self, rule: Rule, zone: ZoneInfo, due: datetime | None) -> None:
        """Set a rule's zone and its next instant; None mutes it."""
        self._connection.execute(update(reminder).where(reminder.c.id == rule.id).values(zone=zone.key, due=due))

    def add(self, learner: LearnerId, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None) -> None:
        """Add a rule of this kind, unless the learner has one already."""
        values = {"learner": learner, "kind": kind, "weekday": weekday, "at": at, "zone": zone.key, "due": due}
        self._connection.execute(insert_on(self._connection, reminder).values(values).on_conflict_do_nothing())

    def lacking(self, kinds: Collection[str], after_id: int, limit: int) -> Sequence[LearnerId]:
        """At most `limit` learners with ids above `after_id` who have rules, but not of all these kinds; by id."""
        values = {"kinds": list(kinds), "count": len(kinds), "after_id": after_id, "most": limit}
        return self._connection.execute(_LACKING, values).scalars().all()

    def rules_of_group(self, group: GroupId) -> Sequence[Rule]:
        """The rules of a group, in the order of the week."""
        return [_rule(row) for row in self._connection.execute(_RULES_OF, {"of_group": group})]

    def set_for_group(
        self, group: GroupId, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        """Set the group's rule of this kind, as `set` does for a learner."""
        values = {"weekday": weekday, "at": at, "zone": zone.key, "due": due}
        self._put(reminder.c.study_group == group, {"study_group": group, "kind": kind}, values)

    def _put(self, owner: ColumnElement[bool], key: dict[str, Any], values: dict[str, Any]) -> None:
        statement = update(reminder).where(owner, reminder.c.kind == key["kind"])
        if not self._connection.execute(statement.values(values)).rowcount:
            self._connection.execute(insert(reminder).values(key | values))

    def due(self, now: datetime, limit: int) -> Sequence[Rule]:
        """At most `limit` rules whose instant has passed, earliest first."""
        return [_rule(row) for row in self._connection.execute(_DUE, {"now": now, "most": limit})]

    def reschedule(self, coming: Sequence[tuple[Rule, datetime]]) -> None:
        """Set the next instants (aware UTC) of rules. A rule that was changed since it was read is left as it is."""
        values = [{"rule": rule.id, "was": rule.due, "next": due} for rule, due in coming]
        if values:
            self._connection.execute(_RESCHEDULE, values)

    def ahead(self, horizon: datetime, after_id: int, limit: int) -> Sequence[Rule]:
        """At most `limit` rules with a next instant after `horizon` and an id above `after_id`, by id."""
        values = {"horizon": horizon, "after_id": after_id, "most": limit}
        return [_rule(row) for row in self._connection.execute(_AHEAD, values)]

    def next_due(self) -> datetime | None:
        """The earliest due instant of all rules; None if there is none."""
        nearest: datetime | None = self._connection.execute(_NEXT).scalar_one()
        return nearest


def _study_times(learner: LearnerId, slots: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return reminder.c.learner == learner, reminder.c.kind == STUDY_TIME, reminder.c.slot.in_(slots)


def _rule(row: Row[Any]) -> Rule:
    further = tuple(map(int, row.further.split(","))) if row.further else ()
    zone = ZoneInfo(row.zone)
    return Rule(
        row.id,
        row.learner,
        row.kind,
        row.weekday,
        row.at,
        zone,
        row.due,
        row.study_group,
        further,
        row.slot,
        row.minutes,
        row.since,
    )
