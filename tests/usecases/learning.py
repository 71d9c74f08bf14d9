"""A few learners on a roadmap, in one unit of work, for tests of use cases."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.commitment import Commitment
from bot.core.group import Shown
from bot.core.ids import GroupId
from bot.core.learner import Account, Learner
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Roadmap
from tests.conftest import MONDAY

TODAY = MONDAY.date()
_UTC = ZoneInfo("UTC")


@dataclass
class Learning:
    """Learners who all follow one roadmap from today on, 8 hours a week."""

    uow: UnitOfWork
    roadmap: Roadmap

    def learner(self, name: str) -> Learner:
        """One more learner."""
        learner = self.uow.learners.create(Account("terminal", name, name), locale="en", zone=_UTC, now=MONDAY)
        followed = self.roadmap
        enrollment = self.uow.enrollments.enroll(
            learner.id, roadmap=followed.id, version=followed.version, start=TODAY, now=MONDAY
        )
        self.uow.enrollments.commit(enrollment.id, Commitment(TODAY, 480), MONDAY)
        return learner

    def study(self, learner: Learner) -> Study:
        """A learner's study, with all that was written until now."""
        enrollment = self.uow.enrollments.current(learner.id)
        assert enrollment
        return Study(
            enrollment.id,
            self.roadmap,
            enrollment.start,
            self.uow.enrollments.commitments(enrollment.id),
            self.uow.ledger.entries(enrollment.id),
        )

    def group(self, *members: Learner, shown: Shown = "name") -> GroupId:
        """A group of these learners; its id."""
        group = self.uow.groups.create("cafe", _UTC, MONDAY)
        for member in members:
            self.uow.groups.join(group.id, member.id, f"member {member.id}", shown, MONDAY)
        return group.id
