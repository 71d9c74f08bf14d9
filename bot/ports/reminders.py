"""Rules for what the bot says unasked."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.reminder import Rule


class Reminders(Protocol):
    """Rules for what the bot says unasked."""

    def rules(self, learner: int) -> Sequence[Rule]:
        """A learner's rules."""

    def set(
        self, learner: int, kind: str, weekdays: Collection[int], at: time, zone: ZoneInfo,
        due: datetime | None,
    ) -> None:  # fmt: skip
        """Set the learner's rule of this kind: the days of the week on which it comes (0 is Monday), at one time."""

    def add(self, learner: int, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None) -> None:
        """Give the learner a rule of this kind; what they have of it already stays as it is."""

    def lacking(self, kinds: Collection[str], after_id: int, limit: int) -> Sequence[int]:
        """Learners who have reminders, but not of all these kinds: by their ids, from behind `after_id` on."""

    def rules_of_group(self, group: int) -> Sequence[Rule]:
        """A group's rules."""

    def set_for_group(
        self, group: int, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        """Set the group's rule of this kind."""

    def due(self, now: datetime, limit: int) -> Sequence[Rule]:
        """Rules whose time has come, the oldest first."""

    def reschedule(self, rule: Rule, due: datetime) -> None:
        """The rule's next instant, unless the rule was changed since it was read."""

    def next_due(self) -> datetime | None:
        """The nearest due instant of all."""

    def ahead(self, horizon: datetime, after_id: int, limit: int) -> Sequence[Rule]:
        """Rules whose next instant lies behind `horizon`, by their ids, from behind `after_id` on."""
