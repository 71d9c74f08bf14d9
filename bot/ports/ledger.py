"""The append-only list of study entries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.ledger import Entry
from bot.core.ledger import Kind as EntryKind


class Ledger(Protocol):
    """The append-only list of study entries."""

    def entries(self, enrollment: int) -> tuple[Entry, ...]:
        """Every line, in the order of recording."""

    def enrollment_of(self, learner: int, entry: int) -> int | None:
        """The enrollment of this learner in whose ledger a line is; None for a line of anyone else."""

    def finished(self, learners: Sequence[int], items: Mapping[str, int]) -> set[int]:
        """Those of the learners who have each of these items (with its minutes) behind them."""

    def add(
        self,
        enrollment: int,
        *,
        item: str,
        day: date,
        minutes: int,
        kind: EntryKind,
        now: datetime,
        note: str | None = None,
        reverses: int | None = None,
        part_of: int | None = None,
        moves: int | None = None,
    ) -> Entry:
        """One more line. Raises `AlreadyUndone` where `reverses` was reversed before."""
