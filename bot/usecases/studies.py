"""Loading a study: everything known about one learner on one roadmap, for any front end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.calendar import MONDAYS, Weeks
from bot.core.ids import LearnerId
from bot.core.learner import Enrollment, Learner
from bot.core.ledger import begun_again, versions
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.roadmap_catalog import RoadmapCatalog


@dataclass(frozen=True)
class StudyLoader:
    """Loads studies of any learner, with roadmaps in one language. The caller checks who may see them.

    `known` is a learner that is loaded already, so that the database is not asked for them again.
    """

    uow: UnitOfWork
    catalog: RoadmapCatalog
    locale: str
    known: Learner | None = None

    def current(self, learner: LearnerId) -> tuple[Enrollment, Study] | None:
        """The enrollment that a learner follows and its study; None for a learner without one."""
        every = self.uow.enrollments.of(learner)
        return (every[0], self._beside(every[0], every)) if every else None

    def load(self, enrollment: Enrollment) -> Study:
        """The study of an enrollment, with the same learner's other enrollments beside it."""
        return self._beside(enrollment, self.uow.enrollments.of(enrollment.learner))

    def _beside(self, enrollment: Enrollment, every: Sequence[Enrollment]) -> Study:
        """The study of one of a learner's enrollments, with the others beside it."""
        if all(other.id == enrollment.id for other in every):
            return self._alone(enrollment)
        joined = self.uow.merges.merged_enrollments(enrollment.learner)
        studies = {each.id: replace(self._alone(each), joined_at=joined.get(each.id)) for each in (enrollment, *every)}
        study = studies.pop(enrollment.id)
        return replace(study, beside=tuple(studies.values()))

    def _alone(self, enrollment: Enrollment) -> Study:
        """The study of an enrollment without the others."""
        entries = self.uow.ledger.entries(enrollment.id)
        again = begun_again(entries)
        taken = versions(entries)
        roadmaps = [
            self.catalog.read(self.uow, enrollment.roadmap, version, self.locale)
            for version in (enrollment.version, *taken)
        ]
        adjustments = self.uow.adjustments.of(enrollment.id)
        return Study(
            enrollment=enrollment.id,
            roadmap=roadmaps[-1],
            start=enrollment.start,
            commitments=replace(
                self.uow.enrollments.commitments(enrollment.id), weeks=self._weeks_of(enrollment.learner)
            ),
            entries=entries,
            relieved=sum(
                adjustment.relieved
                for adjustment in adjustments
                if adjustment.undone_at is None and (again is None or adjustment.made_at > again.recorded_at)
            ),
            first=roadmaps[0],
            versions=dict(zip(taken, roadmaps[1:], strict=True)),
        )

    def _weeks_of(self, learner: LearnerId) -> Weeks:
        """Where a learner's weeks begin."""
        if self.known and self.known.id == learner:
            return self.known.weeks
        other = self.uow.learners.get(learner)
        return other.weeks if other else MONDAYS
