"""Deletion of old rows, a few per transaction, so that learners' requests are handled in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Column, ColumnElement, Connection, Table, and_, bindparam, delete, or_, select

from bot.core.reminder import ONE_OFF
from bot.core.retention import Retained
from bot.core.timesheet.draft import PREFIX
from bot.storage.tables import (
    code,
    delivery,
    kept_request,
    learner,
    live_message,
    request,
    session_series,
    study_session,
    timer,
    web_key,
)

_BEFORE: BindParameter[datetime] = bindparam("before")
_later, _newer = delivery.alias("later"), timer.alias("newer")
_UNANSWERED = select(learner.c.id).where(
    learner.c.id == delivery.c.learner, delivery.c.state == "sent", delivery.c.settled_at > learner.c.seen_at
)
"""What was sent since a learner was last seen says how long they are silent, and that they were told so."""
_NEWER_SENT = select(_later.c.id).where(
    _later.c.learner == delivery.c.learner,
    _later.c.state == "sent",
    _later.c.kind != ONE_OFF,
    _later.c.settled_at > delivery.c.settled_at,
)
_NEWEST_SENT = and_(
    delivery.c.learner.is_not(None), delivery.c.state == "sent", delivery.c.kind != ONE_OFF, ~_NEWER_SENT.exists()
)
"""A learner's newest message is what `/reminders` shows as the last."""
_NEWER_TIMER = select(_newer.c.id).where(_newer.c.learner == timer.c.learner, _newer.c.id > timer.c.id)


@dataclass(frozen=True)
class _Old:
    """What of a table may go: by `age`, and where `also` holds. `at` is when a row began."""

    table: Table
    at: Column[datetime]
    age: ColumnElement[bool]
    also: ColumnElement[bool] | None = None


_OLD: Mapping[Retained, _Old] = {
    "requests": _Old(request, request.c.handled_at, request.c.handled_at < _BEFORE),
    "buttons": _Old(kept_request, kept_request.c.kept_at, kept_request.c.kept_at < _BEFORE),
    "deliveries": _Old(
        delivery,
        delivery.c.due,
        delivery.c.due < _BEFORE,
        and_(delivery.c.state != "pending", ~_UNANSWERED.exists(), ~_NEWEST_SENT),
    ),
    "codes": _Old(code, code.c.made_at, or_(code.c.expires_at < _BEFORE, code.c.used_at < _BEFORE)),
    "timers": _Old(timer, timer.c.started_at, timer.c.started_at < _BEFORE, _NEWER_TIMER.exists()),
    "web_keys": _Old(web_key, web_key.c.made_at, web_key.c.expires_at < _BEFORE),
    "imports": _Old(
        kept_request,
        kept_request.c.kept_at,
        kept_request.c.kept_at < _BEFORE,
        kept_request.c.request.startswith(PREFIX, autoescape=True),
    ),
    "sessions": _Old(study_session, study_session.c.ends_at, study_session.c.ends_at < _BEFORE),
    "series": _Old(
        session_series,
        session_series.c.made_at,
        session_series.c.ended_at < _BEFORE,
        session_series.c.ended_at.is_not(None),
    ),
}
_OF_NO_SESSION = delete(live_message).where(
    live_message.c.kind == "session",
    ~select(study_session.c.id).where(study_session.c.id == live_message.c.subject).exists(),
)


class Housekeeping:
    """See `bot.ports.housekeeping.Housekeeping`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def drop(self, retained: Retained, before: datetime, most: int, after: int = 0) -> int | None:
        """Look at up to `most` rows of a kind with ids above `after`, and delete those that are older than `before`
        and no longer needed."""
        old = _OLD[retained]
        if old.also is None and retained != "codes":
            # Found by the index of their time; all that are old go.
            first = select(*old.table.primary_key).where(old.age).limit(most).scalar_subquery()
            expired = delete(old.table).where(next(iter(old.table.primary_key)).in_(first))
            dropped = self._connection.execute(expired, {"before": before}).rowcount
            if retained == "sessions" and dropped:
                self._connection.execute(_OF_NO_SESSION)
            return after if dropped >= most else None
        id_ = old.table.c.id
        rows = self._connection.execute(select(id_, old.at).where(id_ > after).order_by(id_).limit(most)).all()
        if not rows:
            return None
        conditions = [id_ > after, id_ <= rows[-1][0], old.age, *(() if old.also is None else (old.also,))]
        self._connection.execute(delete(old.table).where(*conditions), {"before": before})
        # Rows come about in order of their ids: behind a page without an old one there is none.
        return rows[-1][0] if any(began < before for _, began in rows) else None
