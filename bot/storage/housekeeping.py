"""Deleting what has served its time, a few rows in a transaction: learners' requests go on between them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BindParameter, Select, Table, and_, bindparam, delete, or_, select
from sqlalchemy import Connection as SqlConnection

from bot.core.keeping import Kept
from bot.core.reminder import ERRAND
from bot.storage.tables import code, delivery, kept_request, learner, request, timer

_BEFORE: BindParameter[datetime] = bindparam("before")
_MOST: BindParameter[int] = bindparam("most")
_later, _newer = delivery.alias("later"), timer.alias("newer")
_UNANSWERED = select(learner.c.id).where(
    learner.c.id == delivery.c.learner, delivery.c.state == "sent", delivery.c.settled_at > learner.c.seen_at
)
"""What was sent since a learner was last seen says how long they are silent, and that they were told so."""
_NEWER_SENT = select(_later.c.id).where(
    _later.c.learner == delivery.c.learner,
    _later.c.state == "sent",
    _later.c.kind != ERRAND,
    _later.c.settled_at > delivery.c.settled_at,
)
_NEWEST_SENT = and_(
    delivery.c.learner.is_not(None), delivery.c.state == "sent", delivery.c.kind != ERRAND, ~_NEWER_SENT.exists()
)
"""A learner's newest message is what `/reminders` shows as the last."""

_OLD: Mapping[Kept, tuple[Table, Select[tuple[object]]]] = {
    "requests": (request, select(request.c.id).where(request.c.handled_at < _BEFORE)),
    "buttons": (kept_request, select(kept_request.c.id).where(kept_request.c.kept_at < _BEFORE)),
    "deliveries": (
        delivery,
        select(delivery.c.id).where(
            delivery.c.state != "pending", delivery.c.due < _BEFORE, ~_UNANSWERED.exists(), ~_NEWEST_SENT
        ),
    ),
    "codes": (code, select(code.c.id).where(or_(code.c.expires_at < _BEFORE, code.c.used_at < _BEFORE))),
    "timers": (
        timer,
        select(timer.c.id).where(
            timer.c.started_at < _BEFORE,
            select(_newer.c.id).where(_newer.c.learner == timer.c.learner, _newer.c.id > timer.c.id).exists(),
        ),
    ),
}
_DROP = {
    what: delete(table).where(next(iter(table.primary_key)).in_(old.limit(_MOST).scalar_subquery()))
    for what, (table, old) in _OLD.items()
}


class Housekeeping:
    """See `bot.core.store.Housekeeping`."""

    def __init__(self, connection: SqlConnection) -> None:
        self._connection = connection

    def drop(self, what: Kept, before: datetime, most: int) -> int:
        return self._connection.execute(_DROP[what], {"before": before, "most": most}).rowcount
