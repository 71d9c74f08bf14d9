"""Weeks that were met before something about them changed: they stay met.

A week is met if, at some moment since it began, the hours in it that still count were at least what it owed at that
moment. Hours only grow between two changes, and what is owed only changes with them: so the moments to look at are
those just before each change, and today.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bot.core.commitment import Commitments
from bot.core.ledger import Entry, effective


@dataclass(frozen=True)
class Met:
    """Minutes logged in a week, and owed by it, just before a change after which it would not have been met."""

    logged: int
    target: int


class Recorded(NamedTuple):
    """Minutes that count, and the instant from which on they did."""

    since: datetime
    minutes: int


@dataclass(frozen=True)
class EnrollmentHours:
    """The commitments and hours of one enrollment, from which met weeks are determined.

    `joined_at` is when it came to the learner by a merge; None if it was always theirs.
    """

    commitments: Commitments
    hours: Callable[[date], Sequence[Recorded]]
    """By the first day of a week: minutes that count, with the instant from which on they did."""
    joined_at: datetime | None = None

    def minutes(self, monday: date, before: datetime) -> int:
        """Minutes in a week that still count and were entered before an instant."""
        return sum(minutes for since, minutes in self.hours(monday) if since < before)


def met_before_a_change(enrollments: Sequence[EnrollmentHours], monday: date) -> Met | None:
    """How a week was met before one of the changes of what it owes; None if it was not."""
    joined = {enrollment.joined_at for enrollment in enrollments if enrollment.joined_at}
    changes = joined.union(*(enrollment.commitments.changed(monday) for enrollment in enrollments))
    for change in sorted(changes):
        # Until two learners became one, each had weeks of their own.
        owners: dict[datetime | None, list[EnrollmentHours]] = {}
        for enrollment in enrollments:
            alone = enrollment.joined_at if enrollment.joined_at and change <= enrollment.joined_at else None
            owners.setdefault(alone, []).append(enrollment)
        for owned in owners.values():
            logged = sum(enrollment.minutes(monday, change) for enrollment in owned)
            target = sum(enrollment.commitments.before(change).target(monday) for enrollment in owned) if logged else 0
            if 0 < target <= logged:
                return Met(logged, target)
    return None


def hours_of(entries: Iterable[Entry]) -> list[Recorded]:
    """The minutes that count of these lines, each with the instant of recording.

    An entry that was reversed and restored, or moved, keeps the instant of its first recording. Lines that reverse
    others have their days, so all lines of some days tell what counts of them.
    """
    return [Recorded(entry.recorded_at, entry.minutes) for entry in effective(entries) if entry.kind == "study"]
