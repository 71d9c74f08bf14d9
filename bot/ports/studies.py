"""What a study is made of, for one learner at once, with snapshots of what was derived from the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from bot.core.commitment import Commitments
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.learner import Enrollment
from bot.core.ledger import Entry


class Relief(NamedTuple):
    """Minutes that an adjustment in force has relieved, and when it was made."""

    minutes: int
    made_at: datetime


class Snapshot(NamedTuple):
    """A stored summary of the entries up to the id `last`, as JSON."""

    last: int
    content: str


@dataclass(frozen=True)
class StudyFacts:
    """What the database knows of an enrollment, without its entries.

    `last_entry` is the id of its newest entry, 0 if there is none, None if that has not been noted yet. `days` are the
    minutes by local date from the day on that was asked for; all days, if `summed` is False.
    """

    enrollment: Enrollment
    commitments: Commitments
    reliefs: Sequence[Relief]
    snapshot: Snapshot | None
    last_entry: int | None
    days: Mapping[date, int]
    summed: bool


class Studies(Protocol):
    """What studies are made of."""

    def facts(self, learner: LearnerId, since: date) -> Sequence[StudyFacts]:
        """All enrollments of a learner, the one chosen last first, with the minutes of the days from `since` on."""

    def days(self, enrollment: EnrollmentId) -> Mapping[date, int]:
        """The minutes of every local date with any."""

    def after(self, enrollment: EnrollmentId, entry: int) -> Sequence[Entry]:
        """The entries of an enrollment with ids above `entry`."""

    def between(self, enrollment: EnrollmentId, first: date, last: date) -> Sequence[Entry]:
        """The entries of an enrollment whose days lie between two, both included."""

    def keep(self, enrollment: EnrollmentId, snapshot: Snapshot) -> None:
        """Store a snapshot in place of an earlier one."""
