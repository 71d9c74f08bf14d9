"""Congratulations to learners who have finished a roadmap."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.ids import EnrollmentId, LearnerId


class Congratulations(Protocol):
    """Congratulations to learners who have finished a roadmap."""

    def give(self, enrollment: EnrollmentId, learner: LearnerId, now: datetime) -> bool:
        """Record that a learner congratulates on a finished enrollment; False if they did so before."""

    def givers(self, enrollment: EnrollmentId) -> Sequence[LearnerId]:
        """Who has congratulated, in the order in which they did."""
