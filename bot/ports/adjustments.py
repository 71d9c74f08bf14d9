"""Adjustments of plans, and days of absence."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.catchup import Absence, AbsenceKind, Adjustment
from bot.core.catchup import Kind as AdjustmentKind


class Adjustments(Protocol):
    """Adjustments of plans, and days of absence."""

    def of(self, enrollment: int) -> Sequence[Adjustment]:
        """Every adjustment of an enrollment, the undone ones too, in order."""

    def add(
        self,
        enrollment: int,
        kind: AdjustmentKind,
        relieved: int,
        usual: int,
        returns: date | None,
        trims: Sequence[int],
        now: datetime,
    ) -> int:
        """Add an adjustment: what it relieved, the commitment before it, the entries that it left out; its id."""

    def absences(self, enrollment: int) -> Sequence[Absence]:
        """Every absence, the undone ones too, in order."""

    def add_absence(
        self, enrollment: int, first: date, last: date, now: datetime, kind: AbsenceKind = "illness"
    ) -> int:
        """One more absence."""

    def undo_adjustment(self, adjustment: int, now: datetime) -> bool:
        """It counts no more; False where it did not."""

    def undo_absence(self, absence: int, now: datetime) -> bool:
        """It counts no more; False where it did not."""
