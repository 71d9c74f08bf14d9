"""Reminder rules: when the bot writes by itself."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.ids import GroupId, LearnerId
from bot.core.reminder import Rule


class Reminders(Protocol):
    """Reminder rules: when the bot writes by itself."""

    def rules(self, learner: LearnerId) -> Sequence[Rule]:
        """The rules of a learner, in the order of the week."""

    def set(
        self,
        learner: LearnerId,
        kind: str,
        weekdays: Collection[int],
        at: time,
        zone: ZoneInfo,
        due: datetime | None,
    ) -> None:
        """Set the learner's rule of this kind, which is no study time: local time `at` on `weekdays` (0 is Monday);
        `due` is its next instant, None while it is off."""

    def put_study_time(
        self, learner: LearnerId, slot: int, weekday: int, at: time, minutes: int, *, since: date
    ) -> None:
        """Add a study time with this slot, muted, that is silent before the local date `since`; where the learner has
        it already, only its length changes."""

    def drop_study_times(self, learner: LearnerId, slots: Collection[int]) -> None:
        """Delete the learner's study times with these slots."""

    def set_since(self, learner: LearnerId, slots: Collection[int], since: date) -> None:
        """Let the learner's study times with these slots be silent before the local date `since`."""

    def set_due(self, rule: Rule, zone: ZoneInfo, due: datetime | None) -> None:
        """Set a rule's zone and its next instant; None mutes it."""

    def add(self, learner: LearnerId, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None) -> None:
        """Add a rule of this kind, unless the learner has one already."""

    def lacking(self, kinds: Collection[str], after_id: int, limit: int) -> Sequence[LearnerId]:
        """At most `limit` learners with ids above `after_id` who have rules, but not of all these kinds; by id."""

    def rules_of_group(self, group: GroupId) -> Sequence[Rule]:
        """The rules of a group, in the order of the week."""

    def set_for_group(
        self, group: GroupId, kind: str, weekday: int, at: time, zone: ZoneInfo, due: datetime | None
    ) -> None:
        """Set the group's rule of this kind, as `set` does for a learner."""

    def due(self, now: datetime, limit: int) -> Sequence[Rule]:
        """At most `limit` rules whose instant has passed, earliest first."""

    def reschedule(self, coming: Sequence[tuple[Rule, datetime]]) -> None:
        """Set the next instants (aware UTC) of rules. A rule that was changed since it was read is left as it is."""

    def next_due(self) -> datetime | None:
        """The earliest due instant of all rules; None if there is none."""

    def ahead(self, horizon: datetime, after_id: int, limit: int) -> Sequence[Rule]:
        """At most `limit` rules with a next instant after `horizon` and an id above `after_id`, by id."""
