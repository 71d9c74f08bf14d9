"""People and their accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.calendar import Weeks
from bot.core.ids import LearnerId
from bot.core.learner import Account, Learner, Preference


class Learners(Protocol):
    """People and their accounts."""

    def find(self, account: Account) -> Learner | None:
        """The learner of an account, locked until the transaction ends; None if the account is nobody's."""

    def get(self, learner: LearnerId) -> Learner | None:
        """A learner by id; None if there is none."""

    def create(self, account: Account, *, locale: str, zone: ZoneInfo, now: datetime) -> Learner:
        """Create a learner with their first account."""

    def attach(self, account: Account, learner: LearnerId) -> None:
        """Add an account that is nobody's to a learner."""

    def accounts(self, learner: LearnerId) -> Sequence[Account]:
        """All accounts of a learner, oldest first."""

    def mark_seen(self, learner: LearnerId, account: Account, now: datetime, *, private: bool) -> None:
        """Record that a learner wrote at the instant `now`, with the account's current name and private chat.

        A message in private also marks the account as reachable.
        """

    def mark_unreachable(self, account: Account, now: datetime) -> bool:
        """Mark an account that messages cannot be sent to; False if it was marked before."""

    def mark_reachable(self, account: Account) -> None:
        """Mark an account as reachable again."""

    def set_private_chat(self, account: Account, chat: str | None) -> None:
        """Set the platform's id of the private chat with an account; None if the known one no longer exists."""

    def reachable_accounts(self, learner: LearnerId) -> Sequence[Account]:
        """The accounts of a learner that messages can be sent to, oldest first."""

    def set_zone(self, learner: LearnerId, zone: ZoneInfo) -> None:
        """Set the learner's time zone."""

    def set_preference(self, account: Account, *, locale: str | None = None, zone: ZoneInfo | None = None) -> None:
        """Store the language or zone chosen by somebody who is no learner yet; what is None stays as it was. It is
        deleted when they become one."""

    def preference(self, account: Account) -> Preference:
        """The language and zone that were chosen before becoming a learner."""

    def forget_preference(self, account: Account) -> None:
        """Delete such choices."""

    def note_times_asked(self, learner: LearnerId, now: datetime) -> None:
        """Record that the learner was asked for study times, or has chosen some."""

    def set_weeks(self, learner: LearnerId, weeks: Weeks) -> None:
        """Set on which weekdays the learner's weeks begin, past and future."""

    def set_day_begins(self, learner: LearnerId, minutes: int) -> None:
        """Set at how many minutes after midnight the learner's day begins."""

    def set_locale(self, learner: LearnerId, locale: str) -> None:
        """Set the language of the learner's messages."""
