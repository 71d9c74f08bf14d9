"""Two learners who are one person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.merge import Merge


class Merges(Protocol):
    """Two learners who are one person."""

    def lock(self, learners: Sequence[int]) -> None:
        """Nobody else changes these learners until the transaction ends."""

    def merge(self, kept: int, absorbed: int, now: datetime) -> int:
        """What is `absorbed`'s becomes `kept`'s, as far as one person can have it twice; the rest rests."""

    def last(self, kept: int) -> Merge | None:
        """The newest merge of a learner that was not undone, else the newest."""

    def undo(self, merge: int, now: datetime) -> bool:
        """Give everything back; False where that was done."""

    def reminders_before(self, absorbed: int) -> Mapping[str, bool]:
        """The kinds of reminders that a learner had when they were absorbed, and whether each was to come."""

    def absorbed(self, kept: int) -> Sequence[int]:
        """Whom a learner has absorbed."""

    def merged_enrollments(self, kept: int) -> Mapping[int, datetime]:
        """The enrollments of a learner that were another's before a merge, with when that was."""

    def is_absorbed(self, learner: int) -> bool:
        """Whether a learner is part of another one."""
