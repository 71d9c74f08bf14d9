"""The append-only ledger of study entries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from bot.core.ids import EnrollmentId, EntryId, LearnerId
from bot.core.ledger import Entry, NewLine
from bot.core.ledger import Kind as EntryKind


class NewestEntries(NamedTuple):
    """Some of what was entered at once, newest first, by the ids of their original first lines; how many there are in
    all; and every line from the oldest of those on, in the order of recording."""

    originals: Sequence[EntryId]
    total: int
    lines: Sequence[Entry]


class Ledger(Protocol):
    """The append-only ledger of study entries."""

    def entries(self, enrollment: EnrollmentId) -> tuple[Entry, ...]:
        """Every entry of an enrollment, in the order of recording."""

    def newest(self, enrollment: EnrollmentId, skip: int, most: int) -> NewestEntries:
        """The newest of what was entered at once, at most `most` after the first `skip`."""

    def original(self, entry: EntryId) -> EntryId:
        """The first line of what an entry is a part of and was moved from; no line about either has a lower id."""

    def minutes_by_item(self, enrollment: EnrollmentId) -> Mapping[str, int]:
        """Minutes by item, reversals included."""

    def enrollment_of(self, learner: LearnerId, entry: EntryId) -> EnrollmentId | None:
        """The id of the enrollment in whose ledger an entry of this learner is; None if there is none, or if it is
        another learner's."""

    def finished(self, learners: Sequence[LearnerId], items: Mapping[str, int]) -> set[LearnerId]:
        """Those of the learners who have finished every one of the items, given with their minutes: studied that
        long, or marked done."""

    def add(
        self,
        enrollment: EnrollmentId,
        *,
        item: str,
        day: date,
        minutes: int,
        kind: EntryKind,
        now: datetime,
        note: str | None = None,
        reverses: EntryId | None = None,
        part_of: EntryId | None = None,
        moves: EntryId | None = None,
    ) -> Entry:
        """Append an entry, and return it. Raises `AlreadyUndone` if the entry `reverses` has a reversal already."""

    def add_all(
        self, enrollment: EnrollmentId, lines: Sequence[NewLine], *, now: datetime, together: bool = False
    ) -> tuple[Entry, ...]:
        """Append many entries in a few statements, and return them; `together`: the others are part of the first.

        Raises `AlreadyUndone` if one that is reversed has a reversal already.
        """
