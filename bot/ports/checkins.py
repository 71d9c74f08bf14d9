"""Answers to the weekly question."""

from datetime import date, datetime
from typing import Protocol

from bot.core.checkin import CheckIn, Feeling


class CheckIns(Protocol):
    """Answers to the weekly question."""

    def of(self, learner: int, monday: date) -> CheckIn | None:
        """The answer for a week."""

    def answer(self, learner: int, monday: date, feeling: Feeling, now: datetime, note: str | None = None) -> None:
        """Answer, or answer anew."""

    def delete(self, learner: int, monday: date) -> None:
        """The week is unanswered again."""

    def answered(self, group: int, monday: date) -> int:
        """How many members of a group who are shown have answered for a week."""
