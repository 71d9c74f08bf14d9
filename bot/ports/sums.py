"""Caches of what follows from ledgers and plans: made where they are missing, and compared with what they should be."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from bot.core.ids import EnrollmentId, LearnerId
from bot.ports.studies import Snapshot


class Summed(NamedTuple):
    """An enrollment, its learner, whether its entries have been summed up, and its snapshot, if any."""

    enrollment: EnrollmentId
    learner: LearnerId
    summed: bool
    snapshot: Snapshot | None


class SumsKept(Protocol):
    """Sums of entries, and of what is owed."""

    def page(self, after: EnrollmentId, limit: int) -> Sequence[Summed]:
        """At most `limit` enrollments with ids above `after`, by id."""

    def missing(self, after: int, limit: int) -> Sequence[EnrollmentId]:
        """At most `limit` enrollments with ids above `after` whose entries have not been summed up, by id."""

    def missing_owed(self, after: int, limit: int) -> Sequence[LearnerId]:
        """At most `limit` learners with ids above `after` of whom it is not known what they owe on boards, by id."""

    def wrong(self, enrollments: Collection[EnrollmentId]) -> set[EnrollmentId]:
        """Those of the enrollments whose sums are others than those of their entries."""

    def wrong_owed(self, learners: Collection[LearnerId]) -> set[LearnerId]:
        """Those of the learners who owe something else on boards than is kept; without those of whom nothing is."""

    def make(self, enrollments: Collection[EnrollmentId]) -> None:
        """Sum up the entries of enrollments anew, and drop their snapshots."""

    def make_owed(self, learners: Collection[LearnerId]) -> None:
        """Find out anew what learners owe on boards."""
