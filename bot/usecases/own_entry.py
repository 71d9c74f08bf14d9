"""An entry of a learner, looked up by the id of one of its lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import ledger
from bot.core.ids import EnrollmentId, EntryId
from bot.core.learner import Learner
from bot.core.ledger import Entry, Logging, loggings
from bot.ports.unit_of_work import UnitOfWork


class NoSuchEntry(Exception):
    """No entry of the learner has this line."""


@dataclass(frozen=True)
class OwnEntry:
    """An entry of a learner, with all lines of the enrollment's ledger from its original on."""

    enrollment: EnrollmentId
    lines: Sequence[Entry]
    logging: Logging

    @property
    def counting(self) -> Logging | None:
        """The entry as it counts now, moved or not; None where it is taken back."""
        return ledger.in_force(self.lines, self.logging.id)


def own_entry(uow: UnitOfWork, learner: Learner, line: EntryId) -> OwnEntry:
    """The entry of a learner, on whichever of their roadmaps, that has the line of this id.

    Raises `NoSuchEntry` for anybody else's, and where there is none.
    """
    enrollment = uow.ledger.enrollment_of(learner.id, line)
    if enrollment is None:
        raise NoSuchEntry
    lines = uow.studies.after(enrollment, uow.ledger.original(line) - 1)
    for logging in loggings(lines):
        if any(entry.id == line for entry in logging.lines):
            return OwnEntry(enrollment, lines, logging)
    raise NoSuchEntry
