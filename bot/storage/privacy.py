"""All that is kept of one person: to hand over, and to delete.

Whose a row is follows from the schema: a `learner` column, or an `enrollment` of theirs. A new table with either is
exported and erased without a line here; open questions are found by the learner's accounts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, update

from bot.storage.tables import account, enrollment, learner, metadata, question, request


class Privacy:
    """See `bot.core.store.Privacy`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def export(self, learner_: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        found = {}
        for table in metadata.sorted_tables:
            mine = self._belongs(table, learner_)
            if mine is not None:
                rows = self._connection.execute(select(table).where(mine)).mappings()
                found[table.name] = [dict(row) for row in rows]
        return found

    def erase(self, learner_: int) -> None:
        self._connection.execute(delete(question).where(self._asked(learner_)))
        forgotten = update(request).where(request.c.learner == learner_)
        self._connection.execute(forgotten.values(learner=None, answer=None))
        # Everything else hangs on this row (ON DELETE CASCADE).
        self._connection.execute(delete(learner).where(learner.c.id == learner_))

    def _belongs(self, table: Table, learner_: int) -> ColumnElement[bool] | None:
        if table is learner:
            return learner.c.id == learner_
        if table is question:
            return self._asked(learner_)
        if "learner" in table.c:
            return table.c.learner == learner_
        if "enrollment" in table.c:
            return table.c.enrollment.in_(select(enrollment.c.id).where(enrollment.c.learner == learner_))
        return None

    def _asked(self, learner_: int) -> ColumnElement[bool]:
        rows = self._connection.execute(select(account).where(account.c.learner == learner_)).all()
        mine = [and_(question.c.platform == row.platform, question.c.external_id == row.external_id) for row in rows]
        return or_(*mine)
