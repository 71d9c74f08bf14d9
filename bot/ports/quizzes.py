"""Attempts at self-check questions."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.ids import LearnerId
from bot.core.quiz import Try


class Quizzes(Protocol):
    """Attempts at self-check questions."""

    def tries(self, learner: LearnerId) -> Sequence[Try]:
        """Every attempt of a learner, oldest first."""

    def add(self, learner: LearnerId, attempt: Try) -> None:
        """Record an attempt."""
