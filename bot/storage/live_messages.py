"""Messages in groups' places that are edited as what they say changes, in the database."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from bot.core.group import FINISH, LiveMessage
from bot.core.ids import GroupId, LearnerId, PlaceId
from bot.storage.notifying import change_and_tell
from bot.storage.tables import congratulation, enrollment, live_message, place

POSTED = ("board", "session")
"""Kinds that are posted where there is no message yet; others are there because somebody sent them."""

_PLACES = select(place.c.id).where(
    place.c.study_group == bindparam("of_group"), place.c.gone_at.is_(None), place.c.retry_at.is_(None)
)
_HERE = select(live_message.c.id).where(
    live_message.c.place == bindparam("at_place"),
    live_message.c.kind == bindparam("of_kind"),
    live_message.c.subject == bindparam("about"),
)
_SOONER = or_(live_message.c.refresh_at.is_(None), live_message.c.refresh_at > bindparam("at"))
_TOUCH = (
    update(live_message)
    .where(live_message.c.place.in_(_PLACES), live_message.c.kind == bindparam("of_kind"), live_message.c.held == 0)
    .where(live_message.c.subject == bindparam("about"))
    .where(_SOONER)
    .values(refresh_at=bindparam("at"))
)
_OWN = select(enrollment.c.id).where(enrollment.c.learner == bindparam("whose"))
_CONGRATULATED = select(congratulation.c.finished).where(congratulation.c.learner == bindparam("whose"))
_SENT_FINISH = update(live_message).where(live_message.c.kind == FINISH, live_message.c.message.is_not(None))
_NAMING = _SENT_FINISH.where(live_message.c.subject.in_(_OWN.union(_CONGRATULATED)), _SOONER).values(
    refresh_at=bindparam("at"), held=0
)
# A deleted enrollment's number may be given to another one.
_PART = _SENT_FINISH.where(live_message.c.subject.in_(_OWN)).values(subject=-live_message.c.id)
_ON = select(place.c.id).where(place.c.platform == bindparam("on"), place.c.gone_at.is_(None))
# While it is claimed `refresh_at` is empty but for what was touched since; who died is found by the claim's end.
_DUE = or_(
    and_(live_message.c.claimed_until.is_(None), live_message.c.refresh_at <= bindparam("now")),
    live_message.c.claimed_until <= bindparam("now"),
)
_FIRST_DUE = (
    select(live_message.c.id)
    .where(live_message.c.place.in_(_ON), _DUE)
    .order_by(live_message.c.refresh_at, live_message.c.id)
    .limit(bindparam("most"))
)
_CLAIM = (
    update(live_message)
    .where(live_message.c.id.in_(_FIRST_DUE.with_for_update(skip_locked=True)))
    .values(claim=bindparam("holder"), claimed_until=bindparam("until"), refresh_at=None, held=0)
    .returning(live_message)
)
_OURS = and_(live_message.c.id == bindparam("of"), live_message.c.claim == bindparam("holder"))
_SHOWN: dict[str, object] = {
    "message": bindparam("shown"),
    "digest": bindparam("says"),
    "event": bindparam("beside"),
    "claim": None,
    "claimed_until": None,
}
_SETTLE = update(live_message).where(_OURS).values(_SHOWN)
_HOLD = update(live_message).where(_OURS).values(_SHOWN | {"refresh_at": bindparam("again"), "held": 1})
_NEXT = (
    select(func.min(func.coalesce(live_message.c.claimed_until, live_message.c.refresh_at)))
    .select_from(live_message.join(place))
    .where(place.c.platform.in_(bindparam("platforms", expanding=True)), place.c.gone_at.is_(None))
)
_LAST_EVENT = (
    select(live_message.c.event)
    .join(place)
    .where(place.c.study_group == bindparam("of_group"), live_message.c.event.is_not(None))
    .order_by(live_message.c.id.desc())
    .limit(1)
)


class LiveMessages:
    """See `bot.ports.live_messages.LiveMessages`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, place_: PlaceId, kind: str, occasion: date, message: str, subject: int = 0) -> None:
        """Record a message that was sent in a place; `message` is the platform's id."""
        new = {"occasion": occasion, "message": message, "digest": None}
        # Whoever is about to show the one before it holds it no more; what was touched stays due.
        self._put(place_, kind, subject, new | {"claim": None, "claimed_until": None})

    def touch(self, group: GroupId, kind: str, at: datetime, subject: int = 0) -> None:
        """Schedule the messages of this kind in all places of a group to be edited at the instant `at` at the
        latest."""
        if kind in POSTED:
            for (id_,) in self._connection.execute(_PLACES, {"of_group": group}).all():
                if not self._connection.execute(_HERE, {"at_place": id_, "of_kind": kind, "about": subject}).first():
                    self._connection.execute(insert(live_message).values(place=id_, kind=kind, subject=subject))
        values = {"of_group": group, "of_kind": kind, "about": subject, "at": at}
        change_and_tell(self._connection, _TOUCH, values, "at")

    def touch_naming(self, learner: LearnerId, at: datetime) -> None:
        """Schedule the sent messages that name a learner to be edited at `at` at the latest."""
        change_and_tell(self._connection, _NAMING, {"whose": learner, "at": at}, "at")

    def part_from(self, learner: LearnerId, at: datetime) -> None:
        """Schedule the same for a learner who is about to be deleted; those about what they finished are about nothing
        any more."""
        self.touch_naming(learner, at)
        self._connection.execute(_PART, {"whose": learner})

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[LiveMessage]:
        """Claim at most `limit` messages of a platform that are due for an edit, for whoever holds the token
        `claim`, until `until`."""
        values = {"on": platform, "holder": claim, "now": now, "until": until, "most": limit}
        rows = self._connection.execute(_CLAIM, values).all()
        return [
            LiveMessage(row.id, row.place, row.kind, row.occasion, row.message, row.digest, row.subject, row.event)
            for row in rows
        ]

    def settle(
        self,
        live: LiveMessage,
        claim: str,
        message: str | None,
        digest: str | None,
        again: datetime | None,
        event: str | None = None,
    ) -> bool:
        """Record the outcome of an edit and end the claim; False, and nothing is written, if the claim is no longer
        valid."""
        values = {"of": live.id, "holder": claim, "shown": message, "says": digest, "beside": event}
        if again is None:
            return self._connection.execute(_SETTLE, values).rowcount == 1
        return self._connection.execute(_HOLD, values | {"again": again}).rowcount == 1

    def repair_after_clock_change(self, now: datetime, held: timedelta, put_off: timedelta) -> None:
        """Repair due times after the system clock was set back."""
        held_long = update(live_message).where(live_message.c.claimed_until > now + held)
        self._connection.execute(held_long.values(claimed_until=None))
        put_off_long = update(live_message).where(live_message.c.refresh_at > now + put_off)
        self._connection.execute(put_off_long.values(refresh_at=now))

    def last_event(self, group: GroupId) -> str | None:
        """What is kept of the event beside the newest message of a study session in a group's places."""
        kept: str | None = self._connection.execute(_LAST_EVENT, {"of_group": group}).scalar_one_or_none()
        return kept

    def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """The earliest instant at which a message of these platforms is due for an edit; None if there is none."""
        nearest: datetime | None = self._connection.execute(_NEXT, {"platforms": list(platforms)}).scalar_one()
        return nearest

    def _put(self, place_: PlaceId, kind: str, subject: int, values: dict[str, object]) -> None:
        key = {"place": place_, "kind": kind, "subject": subject}
        statement = update(live_message).where(*(live_message.c[name] == value for name, value in key.items()))
        if not self._connection.execute(statement.values(values)).rowcount:
            self._connection.execute(insert(live_message).values(key | values))
