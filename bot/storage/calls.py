"""Calls for help in groups, in the database."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.core.group import Call
from bot.core.ids import GroupId, LearnerId
from bot.core.name import clean
from bot.storage.tables import call


class Calls:
    """See `bot.ports.calls.Calls`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, learner: LearnerId, group: GroupId, module: str, note: str | None, now: datetime) -> int:
        """Record that a learner who is stuck in a module asks a group, and return the call's id."""
        values = {
            "learner": learner,
            "study_group": group,
            "module": module,
            "note": clean(note or "") or None,
            "called_at": now,
        }
        id_: int = self._connection.execute(insert(call).values(values).returning(call.c.id)).scalar_one()
        return id_

    def get(self, call_: int) -> Call | None:
        """A call by its id; None if there is none."""
        row = self._connection.execute(select(call).where(call.c.id == call_)).one_or_none()
        return Call(row.id, row.learner, row.study_group, row.module, clean(row.note or "") or None) if row else None

    def made_since(self, learner: LearnerId, group: GroupId, since: datetime) -> bool:
        """Whether the learner has called this group after the instant `since`."""
        conditions = (call.c.learner == learner, call.c.study_group == group, call.c.called_at > since)
        return self._connection.execute(select(call.c.id).where(*conditions)).first() is not None
