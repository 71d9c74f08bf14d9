"""Answers to the weekly question."""

from datetime import date, datetime
from typing import Protocol

from bot.core.checkin import CheckIn, Feeling
from bot.core.ids import GroupId, LearnerId


class CheckIns(Protocol):
    """Answers to the weekly question."""

    def of(self, learner: LearnerId, monday: date) -> CheckIn | None:
        """The learner's answer for the week that begins on `monday`; None if there is none."""

    def answer(
        self, learner: LearnerId, monday: date, feeling: Feeling, now: datetime, note: str | None = None
    ) -> None:
        """Record the learner's answer for a week; an earlier answer is replaced."""

    def delete(self, learner: LearnerId, monday: date) -> None:
        """Delete the learner's answer for a week."""

    def answered(self, group: GroupId, monday: date) -> int:
        """How many visible members of a group have answered for the week of `monday`."""
