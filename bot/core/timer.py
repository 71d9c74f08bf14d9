"""A study timer. It runs at most as long as it was set, ends by itself, and logs nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.ids import EntryId, LearnerId

USUAL, LEAST, MOST = 25, 5, 4 * 60
"""Minutes: of a timer that nobody set, the shortest and the longest."""


@dataclass(frozen=True)
class Timer:
    """`minutes` on an item from `started_at` on; `ended_at` is set if it was stopped or dealt with.

    `entry` is the ledger entry in which its time was logged last.
    """

    id: int
    learner: LearnerId
    item: str
    minutes: int
    started_at: datetime
    ended_at: datetime | None = None
    entry: EntryId | None = None

    @property
    def over_at(self) -> datetime:
        """The instant at which it ends by itself."""
        return self.started_at + timedelta(minutes=self.minutes)

    def runs(self, now: datetime) -> bool:
        """Whether it is running."""
        return self.ended_at is None and now < self.over_at

    def passed(self, now: datetime) -> int:
        """Whole minutes that it has run, at most `minutes`."""
        end = min(self.ended_at or now, now, self.over_at)
        return max(0, int((end - self.started_at).total_seconds()) // 60)
