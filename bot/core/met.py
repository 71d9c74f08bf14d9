"""Weeks that were met before something about them was changed: they stay met.

A week is met if, at some moment since it began, the hours of it that still count were at least what it owed then. Hours
only grow between two changes, and the target changes only with them: so the moments to look at are those just before
each change, and today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.calendar import MONDAYS, Weeks
from bot.core.commitment import Commitments
from bot.core.ledger import Entry


@dataclass(frozen=True)
class Met:
    """The minutes that stood in a week, and those it owed, when it was met before a change."""

    logged: int
    target: int


@dataclass(frozen=True)
class Way:
    """A roadmap's commitments and hours, as far as they tell whether a week was met.

    `joined_at`: until then it was another learner's, who has become the same person.
    """

    commitments: Commitments
    hours: Mapping[date, Sequence[tuple[datetime, int]]]
    """By the first day of the week: minutes that count, with the instant from which on they did."""
    joined_at: datetime | None = None

    def minutes(self, monday: date, before: datetime) -> int:
        """Minutes of a week that count today and stood before an instant."""
        return sum(minutes for since, minutes in self.hours.get(monday, ()) if since < before)


def met_before_a_change(ways: Sequence[Way], monday: date) -> Met | None:
    """How the week was met before some change of what it owes; None where it was not."""
    joined = {way.joined_at for way in ways if way.joined_at}
    changes = joined.union(*(way.commitments.changed(monday) for way in ways))
    for change in sorted(changes):
        # Until two learners became one, each had weeks of their own.
        owners: dict[datetime | None, list[Way]] = {}
        for way in ways:
            alone = way.joined_at if way.joined_at and change <= way.joined_at else None
            owners.setdefault(alone, []).append(way)
        for owned in owners.values():
            logged = sum(way.minutes(monday, change) for way in owned)
            target = sum(way.commitments.before(change).target(monday) for way in owned) if logged else 0
            if 0 < target <= logged:
                return Met(logged, target)
    return None


@dataclass
class _Freed:
    """Minutes that were taken back, until they are entered again."""

    day: date
    at: datetime
    chunks: list[tuple[datetime, int]] = field(default_factory=list)


def hours_by_week(entries: Iterable[Entry], weeks: Weeks = MONDAYS) -> dict[date, list[tuple[datetime, int]]]:
    """The minutes that count, by the first day of their week, each with the instant from which on they did.

    Hours that were taken back and put back on the same day, or moved within their week, count from when they were
    entered first: an undo and its inverse leave nothing behind.
    """
    entries = list(entries)
    chunks: dict[int, list[tuple[datetime, int]]] = {}
    days: dict[int, date] = {}
    freed: list[_Freed] = []
    for entry in entries:
        if entry.kind == "reversal" and entry.reverses in chunks:
            freed.append(_Freed(days[entry.reverses], entry.recorded_at, chunks.pop(entry.reverses)))
        elif entry.kind == "study":
            days[entry.id] = entry.day
            chunks[entry.id] = _chunks(entry, freed, weeks)
    by_week: dict[date, list[tuple[datetime, int]]] = {}
    for id_, some in chunks.items():
        by_week.setdefault(weeks.first_of(days[id_]), []).extend(some)
    return by_week


def _chunks(entry: Entry, freed: Iterable[_Freed], weeks: Weeks) -> list[tuple[datetime, int]]:
    """An entry's minutes: those that were entered before first, with that instant."""
    taken: list[tuple[datetime, int]] = []
    left = entry.minutes
    for before in freed:
        moved = before.at == entry.recorded_at and weeks.first_of(before.day) == weeks.first_of(entry.day)
        while left and before.chunks and (moved or before.day == entry.day):
            at, minutes = before.chunks.pop(0)
            take = min(left, minutes)
            taken.append((at, take))
            left -= take
            if minutes > take:
                before.chunks.insert(0, (at, minutes - take))
    return [*taken, (entry.recorded_at, left)] if left else taken
