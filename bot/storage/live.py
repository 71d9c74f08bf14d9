"""Messages that stand in places and are edited as things change."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from bot.core.group import LiveMessage
from bot.storage.tables import live_message, place

BOARD = "board"
"""A board is posted where there is none yet; other messages are there because somebody sent them."""

_PLACES = select(place.c.id).where(place.c.study_group == bindparam("of_group"), place.c.gone_at.is_(None))
_HERE = select(live_message.c.id).where(
    live_message.c.place == bindparam("at_place"), live_message.c.kind == bindparam("of_kind")
)
_TOUCH = (
    update(live_message)
    .where(live_message.c.place.in_(_PLACES), live_message.c.kind == bindparam("of_kind"))
    .where(
        or_(
            live_message.c.refresh_at.is_(None),
            live_message.c.refresh_at > bindparam("at"),
            live_message.c.claimed_until.is_not(None),  # it is being shown as it was before
        )
    )
    .values(refresh_at=bindparam("at"))
)
_ON = select(place.c.id).where(place.c.platform == bindparam("on"), place.c.gone_at.is_(None))
_CLAIM = (
    update(live_message)
    .where(live_message.c.place.in_(_ON), live_message.c.refresh_at <= bindparam("now"))
    .where(or_(live_message.c.claimed_until.is_(None), live_message.c.claimed_until <= bindparam("now")))
    .values(claimed_until=bindparam("until"))
    .returning(live_message)
)
_NEXT = (
    select(func.min(func.coalesce(live_message.c.claimed_until, live_message.c.refresh_at)))
    .select_from(live_message.join(place))
    .where(
        live_message.c.refresh_at.is_not(None),
        place.c.platform.in_(bindparam("these", expanding=True)),
        place.c.gone_at.is_(None),
    )
)


class LiveMessages:
    """See `bot.core.store.LiveMessages`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stands(self, place_: int, kind: str, occasion: date, message: str) -> None:
        self._put(place_, kind, {"occasion": occasion, "message": message, "digest": None, "refresh_at": None})

    def touch(self, group: int, kind: str, at: datetime) -> None:
        if kind == BOARD:
            for (id_,) in self._connection.execute(_PLACES, {"of_group": group}).all():
                if not self._connection.execute(_HERE, {"at_place": id_, "of_kind": kind}).first():
                    self._connection.execute(insert(live_message).values(place=id_, kind=kind))
        self._connection.execute(_TOUCH, {"of_group": group, "of_kind": kind, "at": at})

    def claim(self, platform: str, now: datetime, until: datetime) -> Sequence[LiveMessage]:
        rows = self._connection.execute(_CLAIM, {"on": platform, "now": now, "until": until}).all()
        return [
            LiveMessage(row.id, row.place, row.kind, row.occasion, row.message, row.digest, row.refresh_at)
            for row in rows
        ]

    def settle(self, live: LiveMessage, message: str | None, digest: str | None, again: datetime | None) -> None:
        mine = update(live_message).where(live_message.c.id == live.id)
        self._connection.execute(mine.values(message=message, digest=digest, claimed_until=None))
        self._connection.execute(mine.where(live_message.c.refresh_at == live.due).values(refresh_at=again))

    def set_right(self, now: datetime, held: timedelta, put_off: timedelta) -> None:
        held_long = update(live_message).where(live_message.c.claimed_until > now + held)
        self._connection.execute(held_long.values(claimed_until=None))
        put_off_long = update(live_message).where(live_message.c.refresh_at > now + put_off)
        self._connection.execute(put_off_long.values(refresh_at=now))

    def next(self, platforms: Sequence[str]) -> datetime | None:
        nearest: datetime | None = self._connection.execute(_NEXT, {"these": list(platforms)}).scalar_one()
        return nearest

    def _put(self, place_: int, kind: str, values: dict[str, object]) -> None:
        mine = update(live_message).where(live_message.c.place == place_, live_message.c.kind == kind)
        if not self._connection.execute(mine.values(values)).rowcount:
            self._connection.execute(insert(live_message).values(place=place_, kind=kind, **values))
