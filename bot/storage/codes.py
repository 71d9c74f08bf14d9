"""One-time codes, of which only digests are kept."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.core.code import HOLDS, Kind, digest
from bot.storage.tables import code

_OPEN = (code.c.used_at.is_(None), code.c.expires_at > bindparam("now"))
_THIS = (code.c.digest == bindparam("known"), code.c.kind == bindparam("of_kind"))
_FIND = select(code.c.learner, code.c.study_group).where(*_THIS, *_OPEN)
_USE = update(code).where(*_THIS, *_OPEN).values(used_at=bindparam("now"))
_END = update(code).where(
    code.c.learner == bindparam("whose"), code.c.kind == bindparam("of_kind"), code.c.used_at.is_(None)
)


class Codes:
    """See `bot.core.store.Codes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, code_: str, kind: Kind, learner: int, group: int | None, now: datetime) -> None:
        if kind == "link":
            self._connection.execute(_END.values(used_at=now), {"whose": learner, "of_kind": kind})
        values = {"kind": kind, "learner": learner, "study_group": group, "digest": digest(code_)}
        self._connection.execute(insert(code).values(values | {"made_at": now, "expires_at": now + HOLDS[kind]}))

    def find(self, code_: str, kind: Kind, now: datetime) -> tuple[int, int | None] | None:
        row = self._connection.execute(_FIND, {"known": digest(code_), "of_kind": kind, "now": now}).one_or_none()
        return (row.learner, row.study_group) if row else None

    def use(self, code_: str, kind: Kind, now: datetime) -> bool:
        return self._connection.execute(_USE, {"known": digest(code_), "of_kind": kind, "now": now}).rowcount == 1
