"""Places in which the platform refuses the bot's messages, and what is postponed there meanwhile."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, or_, select, update

from bot.core.group import Place, Refused, Why
from bot.core.ids import PlaceId
from bot.storage.tables import delivery, live_message, place

AGAIN = timedelta(days=1)
"""A refusal that stays is met once in so long; sooner where something changed there."""

_ON = place.c.platform == bindparam("on")
_HERE = (_ON, place.c.external_id == bindparam("chat"))
_UNHEARD = (*_HERE, or_(place.c.gone_at.is_not(None), place.c.retry_at.is_not(None)))
_SILENT = select(place.c.id).where(*_UNHEARD)
_HEARD = update(place).where(*_UNHEARD).values(gone_at=None, retry_at=None).returning(place.c.id)
_REFUSES = (
    update(place)
    .where(*_HERE)
    .values(
        unwritable_since=func.coalesce(place.c.unwritable_since, bindparam("now", type_=place.c.retry_at.type)),
        unwritable_why=bindparam("why"),
        retry_at=bindparam("again"),
    )
    .returning(place.c.id)
)
_ACCEPTS = (
    update(place)
    .where(*_HERE, place.c.unwritable_since.is_not(None))
    .values(unwritable_since=None, unwritable_why=None, retry_at=None, told_at=None)
    .returning(place.c.id)
)
_CHANGED = (
    update(place)
    .where(_ON, place.c.external_id.in_(bindparam("chats", expanding=True)), place.c.retry_at.is_not(None))
    .values(retry_at=None)
    .returning(place.c.id)
)
_REFUSED = select(place).where(place.c.id == bindparam("of"), place.c.unwritable_since.is_not(None))
_WAITING = update(delivery).where(delivery.c.place == bindparam("of"), delivery.c.state == "pending")
_HOLD = _WAITING.where(delivery.c.send_at < bindparam("again")).values(send_at=bindparam("again"))
_RELEASE = _WAITING.where(delivery.c.due <= bindparam("now")).values(send_at=bindparam("now"))
_LIVE = update(live_message).where(live_message.c.place == bindparam("of"), live_message.c.refresh_at.is_not(None))
_HOLD_LIVE = _LIVE.values(refresh_at=bindparam("again"), held=1)
_RELEASE_LIVE = _LIVE.values(refresh_at=bindparam("now"), held=0)


class Places:
    """See `bot.ports.places.Places`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark_active(self, place_: Place, now: datetime, *, writable: bool | None) -> None:
        """Record that somebody wrote to the bot in a place, so that sending there is tried again."""
        here = {"on": place_.platform, "chat": place_.external_id}
        if writable is not False and self._connection.execute(_SILENT, here).first():
            places = self._connection.execute(_HEARD, here)
            self._release(list(places.scalars()), now)

    def mark_refused(self, place_: Place, why: Why, now: datetime) -> PlaceId | None:
        """Record that the platform refuses messages in a place, and postpone by a day all that is to be sent there."""
        values = {"on": place_.platform, "chat": place_.external_id, "why": why, "now": now, "again": now + AGAIN}
        id_ = self._connection.execute(_REFUSES, values).scalar_one_or_none()
        if id_ is not None:
            for hold in (_HOLD, _HOLD_LIVE):
                self._connection.execute(hold, {"of": id_, "again": now + AGAIN})
        return id_

    def mark_accepted(self, place_: Place, now: datetime) -> None:
        """Record that a message was accepted in a place, and release what was postponed there."""
        places = self._connection.execute(_ACCEPTS, {"on": place_.platform, "chat": place_.external_id})
        self._release(list(places.scalars()), now)

    def release(self, platform: str, chats: Sequence[str], now: datetime) -> None:
        """Release what was postponed in these chats, because something changed there."""
        places = self._connection.execute(_CHANGED, {"on": platform, "chats": list(chats)})
        self._release(list(places.scalars()), now)

    def refusal(self, place_: PlaceId) -> Refused | None:
        """The refusal in force in a place; None if there is none."""
        row = self._connection.execute(_REFUSED, {"of": place_}).one_or_none()
        if row is None:
            return None
        where = Place(row.platform, row.external_id, row.title or "")
        return Refused(where, row.study_group, row.unwritable_since, row.unwritable_why or "unknown", row.told_at)

    def set_told_at(self, place_: PlaceId, at: datetime | None) -> None:
        """Record when an organiser was told of a refusal; None if the message did not arrive."""
        self._connection.execute(update(place).where(place.c.id == place_).values(told_at=at))

    def _release(self, places: Sequence[int], now: datetime) -> None:
        for id_ in places:
            for release in (_RELEASE, _RELEASE_LIVE):
                self._connection.execute(release, {"of": id_, "now": now})
