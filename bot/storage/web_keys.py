"""What opens something on the web, in the database: digests only."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select, update

from bot.core.ids import GroupId, LearnerId
from bot.core.web_key import HOLDS, KeyKind, WebKey, digest
from bot.storage.tables import web_key


class WebKeys:
    """See `bot.ports.web_keys.WebKeys`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(
        self,
        kind: KeyKind,
        secret: str,
        now: datetime,
        *,
        learner: LearnerId | None = None,
        group: GroupId | None = None,
        salt: str | None = None,
    ) -> None:
        """Store a new key of a learner or a group, good for as long as its kind is."""
        holds = HOLDS[kind]
        values: dict[str, Any] = {
            "kind": kind,
            "digest": digest(secret),
            "learner": learner,
            "study_group": group,
            "salt": salt,
        }
        values |= {"made_at": now, "expires_at": now + holds if holds else None}
        self._connection.execute(insert(web_key).values(values))

    def find(self, secret: str, kind: KeyKind, now: datetime) -> WebKey | None:
        """The key with this secret, if it is of this kind and good; else None."""
        rows = select(web_key).where(web_key.c.digest == digest(secret), web_key.c.kind == kind, _good(now))
        row = self._connection.execute(rows).one_or_none()
        return _key(row) if row else None

    def newest(
        self, kind: KeyKind, now: datetime, *, learner: LearnerId | None = None, group: GroupId | None = None
    ) -> WebKey | None:
        """The newest good key of a kind that a learner or a group has; None without one."""
        rows = select(web_key).where(_of(kind, learner, group), _good(now)).order_by(web_key.c.id.desc()).limit(1)
        row = self._connection.execute(rows).one_or_none()
        return _key(row) if row else None

    def use(self, key: WebKey, now: datetime) -> bool:
        """Use a key for the only time; False where that was done before."""
        used = update(web_key).where(web_key.c.id == key.id, _good(now)).values(expires_at=now)
        return self._connection.execute(used).rowcount == 1

    def revoke(
        self, kind: KeyKind, now: datetime, *, learner: LearnerId | None = None, group: GroupId | None = None
    ) -> int:
        """End every key of a kind that a learner or a group has; returns how many were good."""
        ended = update(web_key).where(_of(kind, learner, group), _good(now)).values(expires_at=now)
        return self._connection.execute(ended).rowcount


def _good(now: datetime) -> ColumnElement[bool]:
    return or_(web_key.c.expires_at.is_(None), web_key.c.expires_at > now)


def _of(kind: KeyKind, learner: LearnerId | None, group: GroupId | None) -> ColumnElement[bool]:
    owner = web_key.c.learner == learner if learner is not None else web_key.c.study_group == group
    return (web_key.c.kind == kind) & owner


def _key(row: Row[Any]) -> WebKey:
    return WebKey(row.id, row.kind, row.learner, row.study_group, row.made_at, row.expires_at, row.salt)
