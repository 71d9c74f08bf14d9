"""Projects handed in by link, and one review of each by somebody in the group."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from roadmap.model import Criterion, Item

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


def is_address(url: str) -> bool:
    """Whether this is a web address at which a project can be seen."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


PATH = "path:"
"""Before the id of a path: kept among a project's ticks, it says which way the learner takes."""


@dataclass(frozen=True)
class Checklist:
    """A project's criteria as they are for one learner, and which of them are met."""

    item: Item
    path: str | None
    """The path taken; None where the project has none, or the learner has not chosen yet."""
    criteria: tuple[Criterion, ...]
    """Those of all paths and those of the path taken."""
    met: frozenset[str]

    @property
    def open(self) -> int:
        """Criteria that are not met yet."""
        return sum(criterion.id not in self.met for criterion in self.criteria)

    @property
    def undecided(self) -> bool:
        """Whether the learner has yet to say which path they take."""
        return bool(self.item.paths) and self.path is None


def checklist_of(item: Item, ticks: Collection[str], met: Collection[str] | None = None) -> Checklist:
    """The criteria of a project by what its learner has ticked; `met`: what somebody else says is met.

    Who has chosen no path but ticked criteria of one of them alone takes that one.
    """
    ways = {criterion.path for criterion in item.done_when if criterion.path and criterion.id in ticks}
    chosen = next((path.id for path in item.paths if PATH + path.id in ticks), None)
    path = chosen or (next(iter(ways)) if len(ways) == 1 else None)
    mine = tuple(criterion for criterion in item.done_when if criterion.path in {None, path})
    return Checklist(item, path, mine, frozenset(ticks if met is None else met))
