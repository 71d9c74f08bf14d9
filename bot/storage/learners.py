"""People and their accounts."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from bot.core.calendar import MONDAYS, Weeks
from bot.core.learner import Account, Learner
from bot.ports.changes import LearnerChanged
from bot.storage.changes import changes_of
from bot.storage.tables import account, learner, preference

_ROOM = 128
"""Characters kept of a name; Telegram's may have one more, and PostgreSQL refuses what SQLite takes."""

_GET = select(learner).where(learner.c.id == bindparam("id"))
_SEEK = (
    select(learner, account.c.name.label("known_as"), account.c.unreachable_since, account.c.chat)
    .join(account)
    .where(account.c.platform == bindparam("platform"), account.c.external_id == bindparam("external_id"))
)
# Not FOR UPDATE: what others write about a learner (a message to them, a role) refers to this row and would wait.
_FIND = _SEEK.with_for_update(of=learner, key_share=True)
_ACCOUNTS = select(account).where(account.c.learner == bindparam("learner")).order_by(account.c.id)
_THIS = (account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
_LOST = (
    update(account).where(*_THIS, account.c.unreachable_since.is_(None)).values(unreachable_since=bindparam("since"))
)
_FOUND = update(account).where(*_THIS).values(unreachable_since=None)
_SEEN = update(learner).where(learner.c.id == bindparam("of")).values(seen_at=bindparam("now"))
_RENAME = update(account).where(*_THIS).values(name=bindparam("now_called"))
_TALKS_IN = update(account).where(*_THIS).values(chat=bindparam("in_chat"))
_OF_WHOM = (
    preference.c.platform == bindparam("of_platform"),
    preference.c.external_id == bindparam("of_id"),
)
_PREFERENCE = select(preference.c.locale, preference.c.zone).where(*_OF_WHOM)
_NO_PREFERENCE = delete(preference).where(*_OF_WHOM)


class Learners:
    """See `bot.ports.learners.Learners`."""

    def __init__(self, connection: Connection, *, lock: bool = True) -> None:
        self._connection = connection
        self._lock = lock
        self._known_as: str | None = None
        """The name that the account found last had in the books."""
        self._lost = False
        """Whether that account was out of reach."""
        self._chat: str | None = None
        """Its private chat, as far as known."""

    def find(self, account_: Account) -> Learner | None:
        key = {"platform": account_.platform, "external_id": account_.external_id}
        row = self._connection.execute(_FIND if self._lock else _SEEK, key).one_or_none()
        self._known_as = row.known_as if row else None
        self._lost = bool(row and row.unreachable_since)
        self._chat = row.chat if row else None
        return _learner(row) if row else None

    def get(self, learner_: int) -> Learner | None:
        row = self._connection.execute(_GET, {"id": learner_}).one_or_none()
        return _learner(row) if row else None

    def create(self, account_: Account, *, locale: str, zone: ZoneInfo, now: datetime) -> Learner:
        values = {"locale": locale, "zone": zone.key, "created_at": now, "seen_at": now}
        row = self._connection.execute(insert(learner).values(values).returning(learner)).one()
        key = {"platform": account_.platform, "external_id": account_.external_id}
        named = {"learner": row.id, "name": account_.name[:_ROOM], "chat": account_.chat}
        self._connection.execute(insert(account).values(named | key))
        self.forget_preference(account_)
        return _learner(row)

    def attach(self, account_: Account, learner_: int) -> None:
        self.forget_preference(account_)
        key = {"platform": account_.platform, "external_id": account_.external_id}
        values = {"learner": learner_, "name": account_.name[:_ROOM], "chat": account_.chat}
        self._connection.execute(insert(account).values(values | key))

    def accounts(self, learner_: int) -> Sequence[Account]:
        rows = self._connection.execute(_ACCOUNTS, {"learner": learner_})
        return [Account(row.platform, row.external_id, row.name, row.chat) for row in rows]

    def reachable_accounts(self, learner_: int) -> Sequence[Account]:
        rows = self._connection.execute(_ACCOUNTS, {"learner": learner_})
        return [
            Account(row.platform, row.external_id, row.name, row.chat) for row in rows if row.unreachable_since is None
        ]

    def mark_unreachable(self, account_: Account, now: datetime) -> bool:
        return self._connection.execute(_LOST, _named(account_) | {"since": now}).rowcount == 1

    def mark_reachable(self, account_: Account) -> None:
        self._connection.execute(_FOUND, _named(account_))

    def set_private_chat(self, account_: Account, chat: str | None) -> None:
        self._connection.execute(_TALKS_IN, _named(account_) | {"in_chat": chat})

    def mark_seen(self, learner_: int, account_: Account, now: datetime, *, private: bool) -> None:
        self._connection.execute(_SEEN, {"of": learner_, "now": now})
        if private and self._lost:
            self.mark_reachable(account_)
        if account_.chat and account_.chat != self._chat:
            self.set_private_chat(account_, account_.chat)
        name = account_.name[:_ROOM]
        if name == self._known_as:
            return
        self._connection.execute(_RENAME, _named(account_) | {"now_called": name})

    def set_zone(self, learner_: int, zone: ZoneInfo) -> None:
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(zone=zone.key))
        changes_of(self._connection).add(LearnerChanged(learner_))

    def set_preference(self, account_: Account, *, locale: str | None = None, zone: ZoneInfo | None = None) -> None:
        before = self.preference(account_)
        self.forget_preference(account_)
        values = {"locale": locale or before[0], "zone": zone.key if zone else before[1]}
        key = {"platform": account_.platform, "external_id": account_.external_id}
        self._connection.execute(insert(preference).values(values | key))

    def preference(self, account_: Account) -> tuple[str | None, str | None]:
        row = self._connection.execute(_PREFERENCE, _named(account_)).one_or_none()
        return (row.locale, row.zone) if row else (None, None)

    def forget_preference(self, account_: Account) -> None:
        self._connection.execute(_NO_PREFERENCE, _named(account_))

    def set_day_begins(self, learner_: int, minutes: int) -> None:
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(day_begins=minutes))
        changes_of(self._connection).add(LearnerChanged(learner_))

    def set_weeks(self, learner_: int, weeks: Weeks) -> None:
        since = ",".join(day.isoformat() for day in weeks.since)
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(weeks_since=since))
        changes_of(self._connection).add(LearnerChanged(learner_))

    def set_locale(self, learner_: int, locale: str) -> None:
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(locale=locale))
        changes_of(self._connection).add(LearnerChanged(learner_))


def _named(account_: Account) -> dict[str, object]:
    return {"of_platform": account_.platform, "of_id": account_.external_id}


def _learner(row: Row[tuple[object, ...]]) -> Learner:
    return Learner(
        row.id, row.locale, ZoneInfo(row.zone), row.created_at, row.seen_at, row.day_begins, _weeks(row.weeks_since)
    )


def _weeks(since: str) -> Weeks:
    return Weeks(tuple(map(date.fromisoformat, since.split(",")))) if since else MONDAYS
