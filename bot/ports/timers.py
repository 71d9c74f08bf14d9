"""Study timers. A learner's newest timer is the only one that may be running."""

from datetime import datetime
from typing import Protocol

from bot.core.ids import EntryId, LearnerId
from bot.core.timer import Timer


class Timers(Protocol):
    """Study timers. A learner's newest timer is the only one that may be running."""

    def last(self, learner: LearnerId) -> Timer | None:
        """The learner's newest timer; None if there is none."""

    def get(self, timer: int, learner: LearnerId) -> Timer | None:
        """A timer of this learner; None if there is none, or if it is another learner's."""

    def start(self, learner: LearnerId, item: str, minutes: int, now: datetime) -> Timer:
        """Start a timer of so many minutes on an item."""

    def end(self, timer: int, now: datetime) -> bool:
        """Record that a timer was stopped or dealt with; False if it was before."""

    def set_entry(self, timer: int, entry: EntryId) -> None:
        """Record the first ledger entry that a timer's time was logged in."""
