"""Requests that were handled, with their answers.

An id is kept as a hash: after a learner asked to be forgotten it still stops a redelivery and names nobody.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.storage.tables import kept_request, request

_ANSWER = select(request.c.answer).where(request.c.id == bindparam("of"))
_CLOSE = (
    update(request).where(request.c.id == bindparam("of")).values(learner=bindparam("whose"), answer=bindparam("said"))
)
_OPEN = {
    "postgresql": postgresql_insert(request).on_conflict_do_nothing().returning(request.c.id),
    "sqlite": sqlite_insert(request).on_conflict_do_nothing().returning(request.c.id),
}


class Requests:
    """See `bot.core.store.Requests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, id_: str, now: datetime) -> bool:
        statement = _OPEN[self._connection.dialect.name]
        values = {"id": _hashed(id_), "handled_at": now, "learner": None, "answer": None}
        return self._connection.execute(statement, values).first() is not None

    def answer(self, id_: str) -> str | None:
        return self._connection.execute(_ANSWER, {"of": _hashed(id_)}).scalar_one_or_none()

    def close(self, id_: str, learner: int | None, answer: str) -> None:
        self._connection.execute(_CLOSE, {"of": _hashed(id_), "whose": learner, "said": answer})

    def forget(self, before: datetime) -> None:
        self._connection.execute(delete(request).where(request.c.handled_at < before))

    def forget_kept(self, before: datetime) -> None:
        self._connection.execute(delete(kept_request).where(kept_request.c.kept_at < before))


def _hashed(id_: str) -> str:
    return sha256(id_.encode()).hexdigest()
