"""Projects submitted as a link, and their review by a member of the group."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from bot.core.ids import EnrollmentId, GroupId, LearnerId, ReviewId
from roadmap.model import Criterion, Item

Decision = Literal["done", "more"]
ANSWER_WITHIN = timedelta(days=3)
"""Who took a review and says nothing for so long makes room for somebody else."""

_LOGIN = re.compile(r"([a-z][a-z0-9+.-]*:[/\\]*(?=[^/?#\s]*@)|(?=[^/?#\s@]+:[^/?#\s]*@))[^/?#\s]+@", re.IGNORECASE)
"""A name and a password before the host of an address, with what comes before them, as its first group."""


@dataclass(frozen=True)
class Submission:
    """A learner's work on a project, as a link."""

    id: int
    learner: LearnerId
    enrollment: EnrollmentId
    item: str
    url: str
    note: str | None


@dataclass(frozen=True)
class Review:
    """A group's review of a submission. `learner` is the reviewer, `met` are the ids of the criteria found met."""

    id: ReviewId
    submission: Submission
    group: GroupId
    learner: LearnerId | None
    taken_at: datetime | None
    decided_at: datetime | None
    decision: Decision | None
    met: frozenset[str]
    words: str | None

    def in_hands(self, now: datetime) -> bool:
        """Whether somebody is reviewing it: taken, and no longer than `ANSWER_WITHIN` ago."""
        return self.taken_at is not None and now - self.taken_at < ANSWER_WITHIN


def is_address(url: str) -> bool:
    """Whether this is a web address at which a project can be seen, without a name and password of anybody in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not has_password(url)
    except ValueError:
        return False


def has_password(url: str) -> bool:
    """Whether an address has a name, and perhaps a password, before its host: https://user:password@host."""
    return _LOGIN.match(url) is not None


def around_password(url: str) -> tuple[str, str]:
    """What stands before the name and password in an address, and what stands behind them."""
    login = _LOGIN.match(url)
    return (login[1], url[login.end() - 1 :]) if login else (url, "")


PATH = "path:"
"""Before the id of a path: kept among a project's ticks, it says which path the learner takes."""


@dataclass(frozen=True)
class Checklist:
    """A project's criteria for one learner, and which of them are met."""

    item: Item
    path: str | None
    """The path taken; None where the project has none, or the learner has not chosen yet."""
    criteria: tuple[Criterion, ...]
    """Those of all paths and those of the path taken."""
    met: frozenset[str]

    @property
    def open(self) -> int:
        """The number of criteria that are not met yet."""
        return sum(criterion.id not in self.met for criterion in self.criteria)

    @property
    def undecided(self) -> bool:
        """Whether the learner still has to choose a path."""
        return bool(self.item.paths) and self.path is None


def checklist_of(item: Item, ticks: Collection[str], met: Collection[str] | None = None) -> Checklist:
    """The criteria of a project by what its learner has ticked; `met`: what a reviewer found met.

    A learner who has chosen no path, but ticked criteria of only one, is taken to be on that one.
    """
    ticked_paths = {criterion.path for criterion in item.done_when if criterion.path and criterion.id in ticks}
    chosen = next((path.id for path in item.paths if PATH + path.id in ticks), None)
    path = chosen or (next(iter(ticked_paths)) if len(ticked_paths) == 1 else None)
    criteria = tuple(criterion for criterion in item.done_when if criterion.path in {None, path})
    return Checklist(item, path, criteria, frozenset(ticks if met is None else met))
