"""People, and the doors they come through."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Account:
    """A person on one platform: the platform's own id for them and the name they have there."""

    platform: str
    external_id: str
    name: str


@dataclass(frozen=True)
class Learner:
    """A person. `seen_at` is the last time they said anything to the bot."""

    id: int
    locale: str
    zone: ZoneInfo
    created_at: datetime
    seen_at: datetime
    day_begins: int = 0
    """Minutes after midnight at which the learner's day begins."""


@dataclass(frozen=True)
class Enrollment:
    """A learner on one roadmap, from a local date on, with the version it began with.

    The ledger says which version they took later; `declined` is one that they know of and did not take.
    """

    id: int
    learner: int
    roadmap: str
    version: str
    start: date
    declined: str | None = None
