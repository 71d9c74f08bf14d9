"""Rules for what the bot says unasked."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.reminder import Kind as ReminderKind
from bot.core.reminder import Rule


class Reminders(Protocol):
    """Rules for what the bot says unasked."""

    def rules(self, learner: int) -> Sequence[Rule]:
        """A learner's rules."""

    def put(
        self, learner: int, kind: ReminderKind, weekdays: Collection[int], at: time, zone: ZoneInfo,
        due: datetime | None,
    ) -> None:  # fmt: skip
        """Set the learner's rule of this kind: the days of the week on which it comes (0 is Monday), at one time."""

    def rules_of(self, group: int) -> Sequence[Rule]:
        """A group's rules."""

    def put_for(
        self, group: int, kind: ReminderKind, weekday: int, at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        """Set the group's rule of this kind."""

    def due(self, now: datetime, limit: int) -> Sequence[Rule]:
        """Rules whose time has come, the oldest first."""

    def reschedule(self, rule: Rule, due: datetime) -> None:
        """The rule's next instant, unless the rule was changed since it was read."""

    def next(self) -> datetime | None:
        """The nearest due instant of all."""

    def ahead(self, horizon: datetime, after_id: int, limit: int) -> Sequence[Rule]:
        """Rules whose next instant lies behind `horizon`, by their ids, from behind `after_id` on."""
