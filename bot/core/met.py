"""Weeks that were met before something about them was changed: they stay met.

A week is met if, at some moment since it began, the hours of it that still count were at least what it owed then. Hours
only grow between two changes, and the target changes only with them: so the moments to look at are those just before
each change, and today.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar import MONDAYS, Weeks
from bot.core.commitment import Commitments
from bot.core.ledger import Entry, effective


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


def hours_by_week(entries: Iterable[Entry], weeks: Weeks = MONDAYS) -> dict[date, list[tuple[datetime, int]]]:
    """The minutes that count, by the first day of their week, each with the instant at which they were entered.

    What was taken back and put back, or moved, counts from when it was entered first.
    """
    by_week: dict[date, list[tuple[datetime, int]]] = {}
    for entry in effective(entries):
        if entry.kind == "study":
            by_week.setdefault(weeks.first_of(entry.day), []).append((entry.recorded_at, entry.minutes))
    return by_week
