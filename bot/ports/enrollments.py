"""Learners on roadmaps, and how much they mean to study."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.commitment import Commitment, Commitments
from bot.core.learner import Enrollment


class Enrollments(Protocol):
    """Learners on roadmaps, and how much they mean to study."""

    def current(self, learner: int) -> Enrollment | None:
        """The roadmap the learner follows now."""

    def of(self, learner: int) -> Sequence[Enrollment]:
        """Every roadmap the learner has followed, the one followed now first."""

    def get(self, enrollment: int) -> Enrollment | None:
        """Anybody's way on a roadmap."""

    def enroll(self, learner: int, *, roadmap: str, version: str, start: date, now: datetime) -> Enrollment:
        """Follow a roadmap from `start` on; one followed before is taken up again as it was."""

    def decline(self, enrollment: int, version: str) -> None:
        """The learner stays on their version, and is not told of this one again."""

    def set_start(self, enrollment: int, start: date) -> None:
        """Set the first day of an enrollment that has no entries yet."""

    def commitments(self, enrollment: int) -> Commitments:
        """Every commitment made, in order."""

    def commit(self, enrollment: int, commitment: Commitment, now: datetime) -> None:
        """Add a commitment; nothing that was there changes."""
