"""A timer: it runs at most as long as it was set, stops by itself, and logs nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

USUAL, LEAST, MOST = 25, 5, 4 * 60
"""Minutes: of a timer that nobody set, the shortest and the longest."""


@dataclass(frozen=True)
class Timer:
    """`minutes` on an item from `started_at`; `ended_at` where somebody stopped it, or it was dealt with.

    `entry` is the line of the ledger in which it was logged last.
    """

    id: int
    learner: int
    item: str
    minutes: int
    started_at: datetime
    ended_at: datetime | None = None
    entry: int | None = None

    @property
    def over_at(self) -> datetime:
        """When it stops by itself."""
        return self.started_at + timedelta(minutes=self.minutes)

    def runs(self, now: datetime) -> bool:
        """Whether it runs."""
        return self.ended_at is None and now < self.over_at

    def passed(self, now: datetime) -> int:
        """Whole minutes that it has run, never more than it was set for."""
        end = min(self.ended_at or now, now, self.over_at)
        return max(0, int((end - self.started_at).total_seconds()) // 60)
