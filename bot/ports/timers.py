"""Timers; a learner's newest is the one that may run."""

from datetime import datetime
from typing import Protocol

from bot.core.timer import Timer


class Timers(Protocol):
    """Timers; a learner's newest is the one that may run."""

    def last(self, learner: int) -> Timer | None:
        """The learner's newest timer."""

    def get(self, timer: int, learner: int) -> Timer | None:
        """A timer of this learner; None for anybody else's."""

    def start(self, learner: int, item: str, minutes: int, now: datetime) -> Timer:
        """One more timer."""

    def end(self, timer: int, now: datetime) -> bool:
        """It was stopped or is dealt with; False where it was before."""

    def set_entry(self, timer: int, entry: int) -> None:
        """Its time was logged, in the logging that begins with this line."""
