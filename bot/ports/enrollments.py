"""Enrollments: learners on roadmaps, and their weekly commitments."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.learner import Enrollment


class Enrollments(Protocol):
    """Enrollments: learners on roadmaps, and their weekly commitments."""

    def current(self, learner: LearnerId) -> Enrollment | None:
        """The enrollment that the learner chose last; None if there is none."""

    def of(self, learner: LearnerId) -> Sequence[Enrollment]:
        """All enrollments of a learner, the one chosen last first."""

    def get(self, enrollment: EnrollmentId) -> Enrollment | None:
        """An enrollment of any learner by its id; None if there is none."""

    def enroll(self, learner: LearnerId, *, roadmap: str, version: str, start: date, now: datetime) -> Enrollment:
        """Enroll a learner in a roadmap from the local date `start` on, or choose an earlier enrollment in it again,
        unchanged."""

    def decline(self, enrollment: EnrollmentId, version: str) -> None:
        """Record that the learner keeps their version and does not want to hear of `version` again."""

    def set_start(self, enrollment: EnrollmentId, start: date) -> None:
        """Change the first day of an enrollment that has no entries yet; no commitment begins before it."""

    def commitments(self, enrollment: EnrollmentId) -> Commitments:
        """The history of an enrollment's commitments, with its absences and pauses."""

    def commit(self, enrollment: EnrollmentId, commitment: Commitment, now: datetime) -> None:
        """Append a commitment to the history."""
