"""People and their accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.calendar import Weeks
from bot.core.learner import Account, Learner


class Learners(Protocol):
    """People and their accounts."""

    def find(self, account: Account) -> Learner | None:
        """The learner behind an account, locked against other requests of theirs until the transaction ends."""

    def get(self, learner: int) -> Learner | None:
        """A learner by id."""

    def create(self, account: Account, *, locale: str, zone: ZoneInfo, now: datetime) -> Learner:
        """A new learner with their first account."""

    def attach(self, account: Account, learner: int) -> None:
        """One more account of a learner, that nobody had."""

    def accounts(self, learner: int) -> Sequence[Account]:
        """The accounts of a learner, oldest first."""

    def mark_seen(self, learner: int, account: Account, now: datetime, *, private: bool) -> None:
        """Note a sign of life, and the name and the private chat the account has now; in private it can be written to
        again."""

    def mark_unreachable(self, account: Account, now: datetime) -> bool:
        """Note that an account cannot be written to; False where that was known."""

    def mark_reachable(self, account: Account) -> None:
        """Note that an account can be written to (again)."""

    def set_private_chat(self, account: Account, chat: str | None) -> None:
        """Note the platform's id of the private chat with an account; None where the one that was known is no more."""

    def reachable_accounts(self, learner: int) -> Sequence[Account]:
        """The accounts of a learner that can be written to, oldest first."""

    def set_zone(self, learner: int, zone: ZoneInfo) -> None:
        """From now on the learner's days are those of `zone`."""

    def set_preference(self, account: Account, *, locale: str | None = None, zone: ZoneInfo | None = None) -> None:
        """What somebody who is no learner yet has chosen; it is forgotten when they become one."""

    def preference(self, account: Account) -> tuple[str | None, str | None]:
        """The language and the IANA zone that were chosen so, each None where it was not."""

    def forget_preference(self, account: Account) -> None:
        """Nothing is chosen so any more."""

    def set_weeks(self, learner: int, weeks: Weeks) -> None:
        """Where the learner's weeks begin, past and to come."""

    def set_day_begins(self, learner: int, minutes: int) -> None:
        """Change at how many minutes after midnight the learner's day begins."""

    def set_locale(self, learner: int, locale: str) -> None:
        """From now on the bot speaks this language."""
