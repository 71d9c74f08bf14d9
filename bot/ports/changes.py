"""What one unit of work has written so far. The consequences (boards to refresh, snapshots to renew) follow from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.core.ids import EnrollmentId, EntryId, GroupId, LearnerId, ReviewId, SessionId
from bot.core.ledger import Entry


@dataclass(frozen=True)
class EntryAdded:
    """An entry was added to an enrollment's ledger: hours, or the reversal of an entry."""

    enrollment: EnrollmentId
    entry: Entry


@dataclass(frozen=True)
class EntriesJoined:
    """Entries came to an enrollment from another one, when their learners were merged."""

    enrollment: EnrollmentId
    entries: tuple[EntryId, ...]


@dataclass(frozen=True)
class PlanChanged:
    """An enrollment was created, or its start, commitments, adjustments or absences changed."""

    enrollment: EnrollmentId


@dataclass(frozen=True)
class LearnerChanged:
    """A learner's zone, language, start of the day or of the week changed."""

    learner: LearnerId


@dataclass(frozen=True)
class LearnersJoined:
    """Two learners were merged into one, or their merge was undone."""

    learners: tuple[LearnerId, LearnerId]


@dataclass(frozen=True)
class GroupChanged:
    """A group's members, places, board setting or roadmap changed.

    `learner` is the member who came, left or is shown otherwise now, if it was one of them.
    """

    group: GroupId
    learner: LearnerId | None = None


@dataclass(frozen=True)
class CheckInsChanged:
    """A learner has answered the weekly question, or taken an answer back."""

    learner: LearnerId


@dataclass(frozen=True)
class TimerEnded:
    """A timer was stopped, or is over and was asked about."""

    timer: int


@dataclass(frozen=True)
class ReviewDecided:
    """A review of a project was given."""

    review: ReviewId


@dataclass(frozen=True)
class SessionChanged:
    """A study session was proposed, announced, moved or called off, or another part of it has begun."""

    session: SessionId


@dataclass(frozen=True)
class AttendanceChanged:
    """Somebody is coming to a study session, is there, or is not any more."""

    session: SessionId


@dataclass(frozen=True)
class TakenBack:
    """A placeholder for changes that were rolled back."""


StudyChange: TypeAlias = TakenBack | EntryAdded | PlanChanged | LearnerChanged | LearnersJoined
"""After which somebody's hours or plan may be others than those that were loaded before."""
Change: TypeAlias = (
    StudyChange
    | EntriesJoined
    | GroupChanged
    | CheckInsChanged
    | TimerEnded
    | ReviewDecided
    | SessionChanged
    | AttendanceChanged
)


@dataclass
class Changes:
    """The changes of one unit of work, in order. Every repository adds what it writes."""

    _log: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        """Record a change."""
        self._log.append(change)

    def since(self, mark: int) -> Sequence[Change]:
        """The changes recorded after the log had the length `mark`, placeholders included."""
        return self._log[mark:]

    def take_back(self, mark: int) -> None:
        """Replace the changes recorded after the log had the length `mark` by placeholders, because they were rolled
        back.

        The log never becomes shorter, so that whoever remembers a length can see that something was rolled back.
        """
        if len(self._log) > mark:
            self._log[mark:] = [TakenBack()] * (len(self._log) - mark + 1)

    def __len__(self) -> int:
        """The length of the log, placeholders included."""
        return len(self._log)

    def __iter__(self) -> Iterator[Change]:
        """The changes that were not rolled back, in order."""
        return (change for change in self._log if not isinstance(change, TakenBack))
