"""People and their accounts, in the database."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from bot.core.calendar import MONDAYS, Weeks
from bot.core.ids import LearnerId
from bot.core.learner import SEEN_EVERY, Account, Learner, Preference
from bot.ports.changes import LearnerChanged
from bot.storage.changes import changes_of
from bot.storage.rollups import Rollups
from bot.storage.tables import account, learner, preference

_NAME_LENGTH = 128
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
        self._seen_at: datetime | None = None
        """When the learner was last seen, as stored."""
        self._known_as: str | None = None
        """The stored name of the account that was looked up last."""
        self._lost = False
        """Whether that account was unreachable."""
        self._chat: str | None = None
        """Its private chat, as far as known."""

    def find(self, account_: Account) -> Learner | None:
        """The learner of an account, locked until the transaction ends; None if the account is nobody's."""
        key = {"platform": account_.platform, "external_id": account_.external_id}
        row = self._connection.execute(_FIND if self._lock else _SEEK, key).one_or_none()
        self._seen_at = row.seen_at if row else None
        self._known_as = row.known_as if row else None
        self._lost = bool(row and row.unreachable_since)
        self._chat = row.chat if row else None
        return _learner(row) if row else None

    def get(self, learner_: LearnerId) -> Learner | None:
        """A learner by id; None if there is none."""
        row = self._connection.execute(_GET, {"id": learner_}).one_or_none()
        return _learner(row) if row else None

    def create(self, account_: Account, *, locale: str, zone: ZoneInfo, now: datetime) -> Learner:
        """Create a learner with their first account."""
        values = {"locale": locale, "zone": zone.key, "created_at": now, "seen_at": now}
        row = self._connection.execute(insert(learner).values(values).returning(learner)).one()
        key = {"platform": account_.platform, "external_id": account_.external_id}
        named = {"learner": row.id, "name": account_.name[:_NAME_LENGTH], "chat": account_.chat}
        self._connection.execute(insert(account).values(named | key))
        self.forget_preference(account_)
        Rollups(self._connection).make_owed([row.id])
        return _learner(row)

    def attach(self, account_: Account, learner_: LearnerId) -> None:
        """Add an account that is nobody's to a learner."""
        self.forget_preference(account_)
        key = {"platform": account_.platform, "external_id": account_.external_id}
        values = {"learner": learner_, "name": account_.name[:_NAME_LENGTH], "chat": account_.chat}
        self._connection.execute(insert(account).values(values | key))

    def accounts(self, learner_: LearnerId) -> Sequence[Account]:
        """All accounts of a learner, oldest first."""
        rows = self._connection.execute(_ACCOUNTS, {"learner": learner_})
        return [Account(row.platform, row.external_id, row.name, row.chat) for row in rows]

    def reachable_accounts(self, learner_: LearnerId) -> Sequence[Account]:
        """The accounts of a learner that messages can be sent to, oldest first."""
        rows = self._connection.execute(_ACCOUNTS, {"learner": learner_})
        return [
            Account(row.platform, row.external_id, row.name, row.chat) for row in rows if row.unreachable_since is None
        ]

    def mark_unreachable(self, account_: Account, now: datetime) -> bool:
        """Mark an account that messages cannot be sent to; False if it was marked before."""
        return self._connection.execute(_LOST, _named(account_) | {"since": now}).rowcount == 1

    def mark_reachable(self, account_: Account) -> None:
        """Mark an account as reachable again."""
        self._connection.execute(_FOUND, _named(account_))

    def set_private_chat(self, account_: Account, chat: str | None) -> None:
        """Set the platform's id of the private chat with an account; None if the known one no longer exists."""
        self._connection.execute(_TALKS_IN, _named(account_) | {"in_chat": chat})

    def mark_seen(self, learner_: LearnerId, account_: Account, now: datetime, *, private: bool) -> None:
        """Record that a learner wrote at the instant `now`, with the account's current name and private chat."""
        if self._seen_at is None or abs(now - self._seen_at) >= SEEN_EVERY:
            self._connection.execute(_SEEN, {"of": learner_, "now": now})
        if private and self._lost:
            self.mark_reachable(account_)
        if account_.chat and account_.chat != self._chat:
            self.set_private_chat(account_, account_.chat)
        name = account_.name[:_NAME_LENGTH]
        if name == self._known_as:
            return
        self._connection.execute(_RENAME, _named(account_) | {"now_called": name})

    def set_zone(self, learner_: LearnerId, zone: ZoneInfo) -> None:
        """Set the learner's time zone."""
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(zone=zone.key))
        Rollups(self._connection).follow_clock(learner_)
        changes_of(self._connection).add(LearnerChanged(learner_))

    def set_preference(self, account_: Account, *, locale: str | None = None, zone: ZoneInfo | None = None) -> None:
        """Store the language or zone chosen by somebody who is no learner yet; what is None stays as it was."""
        before = self.preference(account_)
        self.forget_preference(account_)
        values = {"locale": locale or before.locale, "zone": zone.key if zone else before.zone}
        key = {"platform": account_.platform, "external_id": account_.external_id}
        self._connection.execute(insert(preference).values(values | key))

    def preference(self, account_: Account) -> Preference:
        """The language and zone that were chosen before becoming a learner."""
        row = self._connection.execute(_PREFERENCE, _named(account_)).one_or_none()
        return Preference(row.locale, row.zone) if row else Preference()

    def forget_preference(self, account_: Account) -> None:
        """Delete such choices."""
        self._connection.execute(_NO_PREFERENCE, _named(account_))

    def set_day_begins(self, learner_: LearnerId, minutes: int) -> None:
        """Set at how many minutes after midnight the learner's day begins."""
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(day_begins=minutes))
        Rollups(self._connection).follow_clock(learner_)
        changes_of(self._connection).add(LearnerChanged(learner_))

    def note_times_asked(self, learner_: LearnerId, now: datetime) -> None:
        """Record that the learner was asked for study times, or has chosen some."""
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(times_asked_at=now))

    def set_weeks(self, learner_: LearnerId, weeks: Weeks) -> None:
        """Set on which weekdays the learner's weeks begin, past and future."""
        since = ",".join(day.isoformat() for day in weeks.since)
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(weeks_since=since))
        changes_of(self._connection).add(LearnerChanged(learner_))

    def set_locale(self, learner_: LearnerId, locale: str) -> None:
        """Set the language of the learner's messages."""
        self._connection.execute(update(learner).where(learner.c.id == learner_).values(locale=locale))
        changes_of(self._connection).add(LearnerChanged(learner_))


def _named(account_: Account) -> dict[str, object]:
    return {"of_platform": account_.platform, "of_id": account_.external_id}


def _learner(row: Row[tuple[object, ...]]) -> Learner:
    return Learner(
        row.id,
        row.locale,
        ZoneInfo(row.zone),
        row.created_at,
        row.seen_at,
        row.day_begins,
        _weeks(row.weeks_since),
        row.times_asked_at,
    )


def _weeks(since: str) -> Weeks:
    return Weeks(tuple(map(date.fromisoformat, since.split(",")))) if since else MONDAYS
