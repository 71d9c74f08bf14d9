"""Projects handed in by link, and one review of each by somebody in the group."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Decision = Literal["done", "more"]
ANSWER_WITHIN = timedelta(days=3)
"""Who took a review and says nothing for so long makes room for somebody else."""


@dataclass(frozen=True)
class Submission:
    """A learner's work on a project, where it can be seen."""

    id: int
    learner: int
    enrollment: int
    item: str
    url: str
    note: str | None


@dataclass(frozen=True)
class Review:
    """A submission that a group was asked to look at; `learner` is who took it. `met`: the criteria that are met."""

    id: int
    submission: Submission
    group: int
    learner: int | None
    taken_at: datetime | None
    decided_at: datetime | None
    decision: Decision | None
    met: frozenset[str]
    words: str | None

    def in_hands(self, now: datetime) -> bool:
        """Whether somebody has taken it, and not so long ago that it is anybody's again."""
        return self.taken_at is not None and now - self.taken_at < ANSWER_WITHIN
