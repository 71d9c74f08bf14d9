"""Handled requests and their answers, in the database.

A request's id is stored as a hash: after its learner was deleted it still stops a repeated request, but names
nobody. An answer's owner is stored as a hash of the account, because strangers are answered, too.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, insert, literal, select, update

from bot.core.ids import GroupId
from bot.core.learner import Account
from bot.ports.requests import CHANGED
from bot.storage.inserting import PreparedInsert
from bot.storage.tables import answer_group, request, study_group

_ANSWER = select(request.c.answer).where(request.c.id == bindparam("of"))
_CLOSE = (
    update(request)
    .where(request.c.id == bindparam("of"))
    .values(who=bindparam("whose"), answer=bindparam("answer_text"))
)
_OPEN = PreparedInsert(request, lambda new: new.on_conflict_do_nothing().returning(request.c.id))


class Requests:
    """See `bot.ports.requests.Requests`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, id_: str, now: datetime) -> bool:
        """Record that a request is being handled; False if it was before."""
        values = {"id": _hashed(id_), "handled_at": now, "who": None, "answer": None}
        return self._connection.execute(_OPEN.on(self._connection), values).first() is not None

    def answer(self, id_: str) -> str | None:
        """The answer that was given to a request; None if there is none."""
        return self._connection.execute(_ANSWER, {"of": _hashed(id_)}).scalar_one_or_none()

    def close(self, id_: str, account: Account | None, answer: str) -> None:
        """Store the answer to a request, and its account, if any."""
        who = account_key(account) if account else None
        self._connection.execute(_CLOSE, {"of": _hashed(id_), "whose": who, "answer_text": answer})

    def record_named_groups(self, id_: str, groups: Collection[GroupId]) -> None:
        """Record the groups whose members the answer to a request may name."""
        if groups:
            # Of what a button or a refusal named, only what is there.
            known = select(literal(_hashed(id_)), study_group.c.id).where(study_group.c.id.in_(groups))
            self._connection.execute(insert(answer_group).from_select(["request", "study_group"], known))

    def forget_names(self, group: GroupId, account: Account | None = None) -> None:
        """Replace stored answers that may name members of a group by `CHANGED`, but for those to `account`."""
        named = request.c.id.in_(select(answer_group.c.request).where(answer_group.c.study_group == group))
        answered = update(request).where(named, request.c.answer.is_not(None))
        if account:
            answered = answered.where(request.c.who != account_key(account))
        self._connection.execute(answered.values(answer=CHANGED))


def account_key(account: Account) -> str:
    """The hash that stands for an account in the table of requests."""
    return _hashed(f"{account.platform}:{account.external_id}")


def _hashed(id_: str) -> str:
    return sha256(id_.encode()).hexdigest()
