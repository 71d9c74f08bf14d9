"""Deliveries: messages that the bot sends by itself, from due to settled.

A delivery is claimed for a while before it is sent, and every later write names the claim, so that a slow worker
notices that its claim has ended. The claim is a column without an index, which PostgreSQL updates in place.
"""

import zlib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, func, or_, select, update

from bot.core.calendar import Weeks
from bot.core.checkin import week_asked
from bot.core.ids import DeliveryId, LearnerId, PlaceId
from bot.core.reminder import ONE_OFF, Delivery, beside, expired
from bot.ports.deliveries import Occasion, Planned, Settlement, Waiting
from bot.storage.inserting import insert_on
from bot.storage.notifying import tell
from bot.storage.tables import Instant, account, delivery, place

QUIET = "quiet"
"""The reason noted with a message that said the bot will be quiet."""

_PREFERRED_PLATFORM = (
    select(account.c.platform)
    .where(account.c.learner == bindparam("whose"))
    # An account that can be reached comes before one that cannot; then the oldest.
    .order_by(account.c.unreachable_since.is_not(None), account.c.id)
    .limit(1)
)
_PREFERRED_PLATFORMS = (
    select(account.c.learner, account.c.platform)
    .where(account.c.learner.in_(bindparam("who", expanding=True)))
    .order_by(account.c.learner, account.c.unreachable_since.is_not(None), account.c.id)
)
_PLACES = (
    select(place.c.id, place.c.platform, place.c.retry_at)
    .where(place.c.study_group == bindparam("of_group"), place.c.gone_at.is_(None))
    .order_by(place.c.id)
)
_AT = select(place.c.platform, place.c.retry_at).where(place.c.id == bindparam("of"))
_WITHDRAW = (
    update(delivery)
    .where(delivery.c.request == bindparam("token"), delivery.c.state == "pending", delivery.c.claim.is_(None))
    .values(state="nothing_to_send", send_at=None)
)
_FREE = and_(
    delivery.c.platform == bindparam("on"),
    delivery.c.send_at <= bindparam("now"),
    or_(delivery.c.claimed_until.is_(None), delivery.c.claimed_until <= bindparam("now")),
)
_FIRST_FREE = select(delivery.c.id).where(_FREE).order_by(delivery.c.send_at, delivery.c.id).limit(bindparam("most"))
_CLAIM = (
    update(delivery)
    .where(delivery.c.id.in_(_FIRST_FREE.with_for_update(skip_locked=True)))
    .values(claim=bindparam("holder"), claimed_until=bindparam("until"), attempts=delivery.c.attempts + 1)
    .returning(delivery)
)
_OURS = and_(delivery.c.id == bindparam("of"), delivery.c.claim == bindparam("holder"), delivery.c.state == "pending")
_SETTLE = (
    update(delivery)
    .where(_OURS)
    .values(
        state=bindparam("end"), settled_at=bindparam("now"), reason=bindparam("why"), send_at=None, claimed_until=None
    )
)
_RETRY = update(delivery).where(_OURS).values(send_at=bindparam("again"), claim=None, claimed_until=None)
_REDIRECT = _RETRY.values(platform=bindparam("to"))
_NEWER = select(delivery.c.kind, delivery.c.due, delivery.c.state).where(
    delivery.c.kind != ONE_OFF,
    or_(delivery.c.learner == bindparam("whose"), delivery.c.place == bindparam("where")),
    or_(delivery.c.state == "sent", delivery.c.state == "pending"),
    delivery.c.due <= bindparam("now"),
    or_(
        delivery.c.due > bindparam("own_due"),
        and_(delivery.c.due == bindparam("own_due"), delivery.c.id > bindparam("of")),
    ),
)
_ASKED = select(delivery.c.occasion).where(
    delivery.c.learner == bindparam("whose"),
    delivery.c.state == "sent",
    delivery.c.kind == "checkin",
    delivery.c.settled_at > bindparam("seen"),
    delivery.c.settled_at <= bindparam("before"),
)
_QUIET = select(delivery.c.id).where(
    delivery.c.learner == bindparam("whose"),
    delivery.c.state == "sent",
    delivery.c.reason == QUIET,
    delivery.c.settled_at > bindparam("seen"),
)
_OCCASIONS = select(delivery.c.kind, delivery.c.occasion, delivery.c.subject).where(
    delivery.c.learner == bindparam("whose"), delivery.c.kind != ONE_OFF, delivery.c.occasion >= bindparam("since")
)
_WAITING = (
    select(delivery.c.request, delivery.c.due)
    .where(delivery.c.learner == bindparam("whose"), delivery.c.kind == ONE_OFF, delivery.c.state == "pending")
    .order_by(delivery.c.due, delivery.c.id)
)
_LAST = (
    select(delivery)
    .where(delivery.c.learner == bindparam("whose"), delivery.c.state == "sent", delivery.c.kind != ONE_OFF)
    .order_by(delivery.c.settled_at.desc())
    .limit(1)
)
_FREE_AT = case((delivery.c.claimed_until > delivery.c.send_at, delivery.c.claimed_until), else_=delivery.c.send_at)
_NEXT = select(func.min(_FREE_AT)).where(
    delivery.c.send_at.is_not(None), delivery.c.platform.in_(bindparam("platforms", expanding=True))
)

_AT_ITS_TIME = case((delivery.c.due > bindparam("now"), delivery.c.due), else_=bindparam("now", type_=Instant))
_SET_RIGHT = (
    update(delivery)
    .where(delivery.c.settled_at > bindparam("now"), delivery.c.state.in_(("expired", "nothing_to_send")))
    .values(state="pending", send_at=_AT_ITS_TIME, settled_at=None, reason=None, claim=None, claimed_until=None),
    update(delivery)
    .where(
        delivery.c.state == "pending", delivery.c.send_at > bindparam("off_until"), delivery.c.send_at > delivery.c.due
    )
    .values(send_at=_AT_ITS_TIME),
    update(delivery)
    .where(delivery.c.state == "pending", delivery.c.claimed_until > bindparam("held_until"))
    .values(claim=None, claimed_until=None),
)
"""See `Deliveries.repair_after_clock_change`."""


class Deliveries:
    """See `bot.ports.deliveries.Deliveries`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, planned: Sequence[Planned]) -> None:
        """Create the deliveries of rules for local dates: one for a rule's learner, or one for each place of its
        group."""
        learners = [rule.learner for rule, _, _ in planned if rule.group is None]
        platforms: dict[int, str] = {}
        for row in self._connection.execute(_PREFERRED_PLATFORMS, {"who": learners}) if learners else ():
            platforms.setdefault(row.learner, row.platform)
        rows: list[dict[str, Any]] = []
        for rule, occasion, due in planned:
            if rule.group is None:
                here = [
                    {
                        "learner": rule.learner,
                        "place": None,
                        "platform": platforms.get(rule.learner or 0),
                        "send_at": due,
                    }
                ]
            else:
                places = self._connection.execute(_PLACES, {"of_group": rule.group})
                here = [
                    {"learner": None, "place": at.id, "platform": at.platform, "send_at": max(due, at.retry_at or due)}
                    for at in places
                ]
            waiting = {"kind": rule.kind, "occasion": occasion, "due": due, "state": "pending", "attempts": 0}
            waiting["subject"] = rule.slot
            rows += [waiting | to for to in here]
        if rows:
            self._connection.execute(insert_on(self._connection, delivery).on_conflict_do_nothing(), rows)

    def post(
        self, request: str, due: datetime, *, learner: LearnerId | None = None, place: PlaceId | None = None
    ) -> None:
        """Create a one-off message: `request`, a button's token, is answered at `due` to a learner or in a place."""
        platform, send_at = None, due
        if learner is not None:
            platform = self._connection.execute(_PREFERRED_PLATFORM, {"whose": learner}).scalar_one_or_none()
        elif at := self._connection.execute(_AT, {"of": place}).one_or_none():
            platform, send_at = at.platform, max(due, at.retry_at or due)
        values = {"kind": ONE_OFF, "learner": learner, "place": place, "platform": platform, "request": request}
        values |= {"occasion": due.date(), "subject": _subject(request)}
        waiting = {"state": "pending", "due": due, "send_at": send_at, "attempts": 0}
        new = insert_on(self._connection, delivery).values(values | waiting)
        again = new.on_conflict_do_update(
            index_elements=["kind", "learner" if learner is not None else "place", "occasion", "subject"],
            set_=waiting | {"claim": None, "claimed_until": None, "settled_at": None, "reason": None},
            where=delivery.c.state == "nothing_to_send",
        )
        self._connection.execute(again)
        if send_at is not None:
            tell(self._connection, send_at)

    def last_one_off_due(self, learner: LearnerId, request: str) -> datetime | None:
        """When the newest one-off message to a learner whose request begins with `request` was due, withdrawn ones
        aside."""
        conditions = (delivery.c.learner == learner, delivery.c.kind == ONE_OFF, delivery.c.state != "nothing_to_send")
        begun = delivery.c.request.startswith(request, autoescape=True)
        return self._connection.execute(select(func.max(delivery.c.due)).where(*conditions, begun)).scalar_one_or_none()

    def withdraw(self, request: str, learner: LearnerId | None = None, *, place: PlaceId | None = None) -> None:
        """Withdraw the unclaimed one-off messages with this request, to this learner, in this place or (None) to
        anybody."""
        statement = _WITHDRAW if learner is None else _WITHDRAW.where(delivery.c.learner == learner)
        statement = statement if place is None else statement.where(delivery.c.place == place)
        self._connection.execute(statement, {"token": request})

    def occasions(self, learner: LearnerId, since: date) -> AbstractSet[Occasion]:
        """Kind and local date of each delivery of a learner's rules from the date `since` on, whatever its state."""
        rows = self._connection.execute(_OCCASIONS, {"whose": learner, "since": since})
        return {Occasion(row.kind, row.occasion, row.subject) for row in rows}

    def pending_one_offs(self, learner: LearnerId) -> Sequence[Waiting]:
        """A learner's one-off messages that are still to be sent, earliest first."""
        rows = self._connection.execute(_WAITING, {"whose": learner})
        return [Waiting(row.request, row.due) for row in rows]

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Claim at most `limit` due deliveries of a platform, for whoever holds the token `claim`, until `until`."""
        values = {"on": platform, "now": now, "holder": claim, "until": until, "most": limit}
        rows = self._connection.execute(_CLAIM, values).all()
        return sorted(map(_delivery, rows), key=lambda d: (d.due, d.id))

    def settle(self, settlements: Sequence[Settlement]) -> int:
        """Set the final states of deliveries, and return of how many. Nothing is written for one whose claim is no
        longer valid."""
        values = [
            {"of": delivery_, "holder": claim, "end": state, "now": at, "why": reason}
            for delivery_, claim, state, at, reason in settlements
        ]
        return self._connection.execute(_SETTLE, values).rowcount

    def retry(self, delivery_: DeliveryId, claim: str, at: datetime) -> None:
        """Give up the claim on a delivery, to be sent again at the instant `at`."""
        self._connection.execute(_RETRY, {"of": delivery_, "holder": claim, "again": at})

    def redirect(self, delivery_: DeliveryId, claim: str, platform: str, at: datetime) -> None:
        """Give up the claim on a delivery, to be sent on another platform at the instant `at`."""
        self._connection.execute(_REDIRECT, {"of": delivery_, "holder": claim, "again": at, "to": platform})

    def overtaken(self, delivery_: Delivery, now: datetime, limits: Mapping[str, timedelta]) -> bool:
        """Whether a newer message to the same recipient was sent or is due as well."""
        values: dict[str, Any] = {"whose": delivery_.learner, "where": delivery_.place}
        values |= {"own_due": delivery_.due, "of": delivery_.id, "now": now}
        newer = [
            row
            for row in self._connection.execute(_NEWER, values)
            if not beside(delivery_.kind, delivery_.due, row.kind, row.due, now)
        ]
        return any(row.state == "sent" or not expired(row.kind, row.due, now, limits) for row in newer)

    def asked_since(self, learner: LearnerId, seen: datetime, before: datetime, weeks: Weeks) -> int:
        """The number of weeks about which check-ins were sent after `seen` and up to `before`."""
        days = self._connection.execute(_ASKED, {"whose": learner, "seen": seen, "before": before}).scalars()
        return len({week_asked(day, weeks) for day in days})

    def announced_quiet_since(self, learner: LearnerId, seen: datetime) -> bool:
        """Whether the bot has announced after `seen` that it will stop sending reminders."""
        return self._connection.execute(_QUIET, {"whose": learner, "seen": seen}).first() is not None

    def last_sent(self, learner: LearnerId) -> Delivery | None:
        """The newest reminder that was sent to a learner; None if there is none."""
        row = self._connection.execute(_LAST, {"whose": learner}).one_or_none()
        return _delivery(row) if row else None

    def repair_after_clock_change(self, now: datetime, held: timedelta, put_off: timedelta) -> int:
        """Repair deliveries after the system clock was set back; return how many were changed."""
        values = {"now": now, "held_until": now + held, "off_until": now + put_off}
        return sum(self._connection.execute(statement, values).rowcount for statement in _SET_RIGHT)

    def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """The earliest instant at which a pending delivery of these platforms may be sent; None if there is none."""
        nearest: datetime | None = self._connection.execute(_NEXT, {"platforms": list(platforms)}).scalar_one()
        return nearest


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        row.id,
        row.kind,
        row.learner,
        row.occasion,
        row.due,
        row.state,
        row.attempts,
        row.settled_at,
        row.reason,
        row.place,
        row.platform,
        row.request,
        row.subject if row.kind != ONE_OFF else 0,
    )


def _subject(request: str) -> int:
    """What tells a one-off message from others of the same day: a number of its own request, never 0."""
    return zlib.crc32(request.encode()) & 0x7FFFFFFF or 1
