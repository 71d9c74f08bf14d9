"""What one unit of work has written so far, for all that must follow from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.core.ledger import Entry


@dataclass(frozen=True)
class EntryAdded:
    """One more line of an enrollment's ledger: hours, or what takes them back."""

    enrollment: int
    entry: Entry


@dataclass(frozen=True)
class PlanChanged:
    """An enrollment is new or its start, commitments, adjustments or absences are others."""

    enrollment: int


@dataclass(frozen=True)
class LearnerChanged:
    """A learner's days or weeks begin at another time."""

    learner: int


@dataclass(frozen=True)
class LearnersJoined:
    """Two learners became one, or one became two again."""

    learners: tuple[int, int]


@dataclass(frozen=True)
class GroupChanged:
    """A group's members, its places or what it follows are others."""

    group: int


@dataclass(frozen=True)
class CheckInsChanged:
    """A learner has answered the weekly question, or taken an answer back."""

    learner: int


@dataclass(frozen=True)
class TimerEnded:
    """A timer was stopped, or is over and was asked about."""

    timer: int


@dataclass(frozen=True)
class ReviewDecided:
    """A review of a project was given."""

    review: int


@dataclass(frozen=True)
class TakenBack:
    """What stood here in the log was rolled back."""


StudyChange: TypeAlias = TakenBack | EntryAdded | PlanChanged | LearnerChanged | LearnersJoined
"""After which somebody's hours or plan may be others than those that were loaded before."""
Change: TypeAlias = StudyChange | GroupChanged | CheckInsChanged | TimerEnded | ReviewDecided


@dataclass
class Changes:
    """A log that storage keeps: every repository adds what it writes, in order."""

    _log: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """Something was written."""
        self._log.append(change)

    def since(self, mark: int) -> Sequence[Change]:
        """What was written after the log had this length."""
        return self._log[mark:]

    def take_back(self, mark: int) -> None:
        """What was written after the log had this length was rolled back; whoever has looked at it can see that."""
        if len(self._log) > mark:
            self._log[mark:] = [TakenBack()] * (len(self._log) - mark + 1)

    def __len__(self) -> int:
        """How long the log is, what was taken back included: it never becomes shorter."""
        return len(self._log)

    def __iter__(self) -> Iterator[Change]:
        """What was written and not taken back."""
        return (change for change in self._log if not isinstance(change, TakenBack))
