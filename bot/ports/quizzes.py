"""Attempts at self-check questions."""

from collections.abc import Sequence
from typing import Protocol

from bot.core.quiz import Try


class Quizzes(Protocol):
    """Attempts at self-check questions."""

    def tries(self, learner: int) -> Sequence[Try]:
        """Every attempt of a learner, oldest first."""

    def add(self, learner: int, attempt: Try) -> None:
        """Record an attempt."""
