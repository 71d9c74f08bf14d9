"""People and their accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import MONDAYS, Weeks
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.name import shown

SEEN_EVERY = timedelta(minutes=10)
"""How often at most it is stored that somebody has written: what only reads then need not write for that."""


@dataclass(frozen=True)
class Account:
    """A person on one platform: the platform's id and their name there.

    `chat` is the platform's id of the private chat with them, if it differs from theirs and is known.
    """

    platform: str
    external_id: str
    name: str
    chat: str | None = field(default=None, compare=False)

    @property
    def called(self) -> str:
        """The name as it is shown to others."""
        return shown(self.name)


class Preference(NamedTuple):
    """What somebody who is no learner yet has chosen: a language and an IANA zone, each None if not chosen."""

    locale: str | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Learner:
    """A person. `seen_at` is when they last wrote to the bot, at most `SEEN_EVERY` too early."""

    id: LearnerId
    locale: str
    zone: ZoneInfo
    created_at: datetime
    seen_at: datetime
    day_begins: int = 0
    """Minutes after midnight at which the learner's day begins."""
    weeks: Weeks = MONDAYS
    """Where their weeks begin."""
    times_asked_at: datetime | None = None
    """When they were asked for study times of their own, or chose some; None: not yet."""


@dataclass(frozen=True)
class Enrollment:
    """A learner on a roadmap, from the local date `start` on, in the version it began with.

    The ledger records versions taken later; `declined` is one that the learner did not want to take.
    """

    id: EnrollmentId
    learner: LearnerId
    roadmap: str
    version: str
    start: date
    declined: str | None = None
