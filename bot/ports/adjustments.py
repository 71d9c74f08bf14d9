"""Changes of a plan after missed weeks, and absences: days on which nothing is owed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.catchup import Absence, AbsenceKind, Adjustment
from bot.core.catchup import Kind as AdjustmentKind
from bot.core.ids import EnrollmentId, EntryId


class Adjustments(Protocol):
    """Changes of a plan after missed weeks, and absences: days on which nothing is owed."""

    def of(self, enrollment: EnrollmentId) -> Sequence[Adjustment]:
        """Every adjustment of an enrollment in the order of recording, undone ones included."""

    def add(
        self,
        enrollment: EnrollmentId,
        kind: AdjustmentKind,
        relieved: int,
        usual: int,
        returns: date | None,
        trims: Sequence[EntryId],
        now: datetime,
    ) -> int:
        """Record an adjustment and return its id.

        `relieved` are the minutes that are owed no more, `usual` the minutes a week before it, `returns` the day on
        which a pause in force was to end, `trims` the ids of the ledger's entries that left items out.
        """

    def absences(self, enrollment: EnrollmentId) -> Sequence[Absence]:
        """Every absence of an enrollment in the order of recording, undone ones included."""

    def add_absence(
        self, enrollment: EnrollmentId, first: date, last: date, now: datetime, kind: AbsenceKind = "illness"
    ) -> int:
        """Record an absence from `first` to `last`, both included, and return its id."""

    def undo_adjustment(self, adjustment: int, now: datetime) -> bool:
        """Take an adjustment back; False if that was done before."""

    def undo_absence(self, absence: int, now: datetime) -> bool:
        """Take an absence back; False if that was done before."""
