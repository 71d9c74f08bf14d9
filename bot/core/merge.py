"""Two learners who are one person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.ids import LearnerId

UNDO_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Merge:
    """The learner `absorbed` was merged into `learner`."""

    id: int
    learner: LearnerId
    absorbed: LearnerId
    merged_at: datetime
    undone_at: datetime | None = None
