"""Merging two learners who are one person, and undoing that."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.ids import EnrollmentId, LearnerId
from bot.core.merge import Merge


class Merges(Protocol):
    """Merging two learners who are one person, and undoing that."""

    def lock(self, learners: Sequence[LearnerId]) -> None:
        """Lock these learners until the transaction ends."""

    def merge(self, kept: LearnerId, absorbed: LearnerId, now: datetime) -> int:
        """Give what the learner `absorbed` has to the learner `kept`, and return the merge's id.

        Where one person can have something but once and both have it, `kept`'s is used and `absorbed`'s stays
        behind, unused.
        """

    def last(self, kept: LearnerId) -> Merge | None:
        """The newest merge of a learner that was not undone, or else the newest; None if there is none."""

    def undo(self, merge: int, now: datetime) -> bool:
        """Undo a merge; False if that was done before."""

    def reminders_before(self, absorbed: LearnerId) -> Mapping[str, bool]:
        """The kinds of reminders that a learner had when they were absorbed, and whether each was active."""

    def absorbed(self, kept: LearnerId) -> Sequence[LearnerId]:
        """The learners that a learner has absorbed."""

    def merged_enrollments(self, kept: LearnerId) -> Mapping[EnrollmentId, datetime]:
        """The enrollments that came to a learner by a merge, with the instant of that merge."""

    def is_absorbed(self, learner: LearnerId) -> bool:
        """Whether a learner was merged into another one."""
