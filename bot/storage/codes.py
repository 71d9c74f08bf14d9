"""One-time codes in the database: digests only, with who entered them, and invalid attempts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from bot.core.code import HOLDS, TRIES, TRIES_IN_A_CHAT, TRIES_WITHIN, Code, Entry, Kind, digest
from bot.core.group import Place
from bot.core.ids import GroupId, LearnerId
from bot.core.learner import Account
from bot.storage.tables import account, code, code_attempt, code_entry

_OPEN = (
    select(code.c.id, code.c.kind, code.c.learner, code.c.study_group, code_entry, account.c.learner.label("whose"))
    .select_from(
        code.outerjoin(code_entry).outerjoin(
            account,
            and_(account.c.platform == code_entry.c.platform, account.c.external_id == code_entry.c.external_id),
        )
    )
    .where(code.c.used_at.is_(None))
)
_FIND = _OPEN.where(code.c.digest == bindparam("known"), code.c.expires_at > bindparam("now"))
_ENTERED = _OPEN.where(code_entry.c.entered_at > bindparam("since"))
_USE = update(code).where(code.c.id == bindparam("of"), code.c.used_at.is_(None)).values(used_at=bindparam("now"))
_END = update(code).where(
    code.c.learner == bindparam("whose"), code.c.kind == bindparam("of_kind"), code.c.used_at.is_(None)
)
_TRIED = select(func.count(code_attempt.c.digest.distinct()), func.min(code_attempt.c.tried_at)).where(
    code_attempt.c.platform == bindparam("on"), code_attempt.c.tried_at > bindparam("since")
)


class Codes:
    """See `bot.ports.codes.Codes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, code_: str, kind: Kind, learner: LearnerId, group: GroupId | None, now: datetime) -> None:
        """Store a new code of a learner, for `group` if it is about one."""
        if kind == "link":
            self._connection.execute(_END.values(used_at=now), {"whose": learner, "of_kind": kind})
        values = {"kind": kind, "learner": learner, "study_group": group, "digest": digest(code_)}
        self._connection.execute(insert(code).values(values | {"made_at": now, "expires_at": now + HOLDS[kind]}))

    def find(self, code_: str, now: datetime) -> Code | None:
        """The code, with who entered it, if it is neither used nor expired; else None."""
        row = self._connection.execute(_FIND, {"known": digest(code_), "now": now}).one_or_none()
        return _code(row) if row else None

    def entered(self, learner: LearnerId, kind: Kind, now: datetime) -> Sequence[Code]:
        """A learner's codes of this kind that somebody has entered and that await the learner's confirmation, oldest
        first."""
        waiting = _ENTERED.where(code.c.learner == learner, code.c.kind == kind).order_by(code_entry.c.entered_at)
        rows = self._connection.execute(waiting, {"since": now - HOLDS[kind]})
        return [_code(row) for row in rows]

    def enter(self, code_: Code, account_: Account, place: Place | None, now: datetime) -> None:
        """Record who entered a code first, and in which place; nobody else can use it from then on."""
        values = {"code": code_.id, "platform": account_.platform, "external_id": account_.external_id}
        values |= {"name": account_.name[:128], "entered_at": now}
        values |= {"place": place.external_id, "title": place.title[:128]} if place else {}
        self._connection.execute(insert(code_entry).values(values))

    def use(self, code_: Code, now: datetime) -> bool:
        """Mark a code as used; False if it was used before."""
        return self._connection.execute(_USE, {"of": code_.id, "now": now}).rowcount == 1

    def record_failure(self, code_: str, account_: Account, place: Place | None, now: datetime) -> None:
        """Record that an account entered a code that is not valid."""
        self._connection.execute(delete(code_attempt).where(code_attempt.c.tried_at <= now - TRIES_WITHIN))
        values = {"platform": account_.platform, "external_id": account_.external_id, "digest": digest(code_)}
        values |= {"place": place.external_id if place else ""}
        self._connection.execute(insert(code_attempt).values(tried_at=now, **values))

    def blocked_for(self, account_: Account, place: Place | None, now: datetime) -> timedelta | None:
        """How long further codes from this account, or from this place, are refused after too many invalid ones."""
        by_account = code_attempt.c.external_id == account_.external_id
        limits = [(by_account, account_.platform, TRIES)]
        if place:
            limits.append((code_attempt.c.place == place.external_id, place.platform, TRIES_IN_A_CHAT))
        for where, platform, most in limits:
            values = {"on": platform, "since": now - TRIES_WITHIN}
            tried, first = self._connection.execute(_TRIED.where(where), values).one()
            if tried >= most:
                until: datetime = first + TRIES_WITHIN
                return until - now
        return None


def _code(row: Row[Any]) -> Code:
    entry = None
    if row.code is not None:
        place = Place(row.platform, row.place, row.title or "") if row.place else None
        entry = Entry(Account(row.platform, row.external_id, row.name), place, row.entered_at, row.whose)
    return Code(row.id, row.kind, row.learner, row.study_group, entry)
