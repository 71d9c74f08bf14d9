"""Adjustments of plans, and days of absence."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.catchup import Absence, AbsenceKind, Adjustment
from bot.core.catchup import Kind as AdjustmentKind


class Adjustments(Protocol):
    """Adjustments of plans, and days of absence."""

    def of(self, enrollment: int) -> Sequence[Adjustment]:
        """Every bend, the undone ones too, in order."""

    def adjust(
        self, enrollment: int, kind: AdjustmentKind, relieved: int, usual: int, returns: date | None, trims: Sequence[int],
        now: datetime,
    ) -> int:  # fmt: skip
        """One more bend: what it relieved, what was in force before it, the ledger lines of what it left out."""

    def absences(self, enrollment: int) -> Sequence[Absence]:
        """Every absence, the undone ones too, in order."""

    def be_absent(self, enrollment: int, first: date, last: date, now: datetime, kind: AbsenceKind = "illness") -> int:
        """One more absence."""

    def undo_adjustment(self, adjustment: int, now: datetime) -> bool:
        """It counts no more; False where it did not."""

    def undo_absence(self, absence: int, now: datetime) -> bool:
        """It counts no more; False where it did not."""
