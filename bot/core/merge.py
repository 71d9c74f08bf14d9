"""Two learners who are one person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

UNDO_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Merge:
    """The learner `absorbed` was merged into `learner`."""

    id: int
    learner: int
    absorbed: int
    merged_at: datetime
    undone_at: datetime | None = None
