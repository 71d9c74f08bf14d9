"""Requests that were handled, with their answers.

An id is kept as a hash: after a learner asked to be forgotten it still stops a redelivery and names nobody. Whose an
answer is, is kept as a hash of their account, because strangers get answers, too.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.core.learner import Account
from bot.ports.requests import CHANGED
from bot.storage.tables import answer_group, request, study_group

_ANSWER = select(request.c.answer).where(request.c.id == bindparam("of"))
_CLOSE = update(request).where(request.c.id == bindparam("of")).values(who=bindparam("whose"), answer=bindparam("said"))
_OPEN = {
    "postgresql": postgresql_insert(request).on_conflict_do_nothing().returning(request.c.id),
    "sqlite": sqlite_insert(request).on_conflict_do_nothing().returning(request.c.id),
}


class Requests:
    """See `bot.ports.requests.Requests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, id_: str, now: datetime) -> bool:
        statement = _OPEN[self._connection.dialect.name]
        values = {"id": _hashed(id_), "handled_at": now, "who": None, "answer": None}
        return self._connection.execute(statement, values).first() is not None

    def answer(self, id_: str) -> str | None:
        return self._connection.execute(_ANSWER, {"of": _hashed(id_)}).scalar_one_or_none()

    def close(self, id_: str, account: Account | None, answer: str) -> None:
        who = whose(account) if account else None
        self._connection.execute(_CLOSE, {"of": _hashed(id_), "whose": who, "said": answer})

    def record_named_groups(self, id_: str, groups: Collection[int]) -> None:
        if groups:
            # Of what a button or a refusal named, only what is there.
            known = select(literal(_hashed(id_)), study_group.c.id).where(study_group.c.id.in_(groups))
            self._connection.execute(insert(answer_group).from_select(["request", "study_group"], known))

    def forget_names(self, group: int, account: Account | None = None) -> None:
        named = request.c.id.in_(select(answer_group.c.request).where(answer_group.c.study_group == group))
        answered = update(request).where(named, request.c.answer.is_not(None))
        if account:
            answered = answered.where(request.c.who != whose(account))
        self._connection.execute(answered.values(answer=CHANGED))


def whose(account: Account) -> str:
    """An account as it stands beside its answers."""
    return _hashed(f"{account.platform}:{account.external_id}")


def _hashed(id_: str) -> str:
    return sha256(id_.encode()).hexdigest()
