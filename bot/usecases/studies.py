"""Loading a study: everything known about one learner on one roadmap, for any front end.

A study is loaded from a snapshot and the entries behind it, mostly none; all entries are read only by who asks for
them. See docs/decisions/0034-snapshots.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.calendar import MONDAYS, Weeks
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.learner import Enrollment, Learner
from bot.core.ledger import Entry, minutes_by_day, versions
from bot.core.lines import Days, Lines
from bot.core.plans import Plans
from bot.core.study import Study
from bot.core.summary import Kept, summarize
from bot.ports.changes import EntryAdded
from bot.ports.studies import StudyFacts
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.roadmap_catalog import RoadmapCatalog
from bot.usecases.snapshots import Outdated, dumped, read, restored


@dataclass(frozen=True)
class StudyLoader:
    """Loads studies of any learner, with roadmaps in one language. The caller checks who may see them.

    `known` is a learner that is loaded already, so that the database is not asked for them again. The minutes of days
    before `since` are read when first asked for.
    """

    uow: UnitOfWork
    catalog: RoadmapCatalog
    locale: str
    known: Learner | None = None
    since: date = date.max

    def current(self, learner: LearnerId) -> tuple[Enrollment, Study] | None:
        """The enrollment that a learner follows and its study; None for a learner without one."""
        every = self.uow.studies.facts(learner, self.since)
        return (every[0].enrollment, self._beside(every[0], every)) if every else None

    def load(self, enrollment: Enrollment) -> Study:
        """The study of an enrollment, with the same learner's other enrollments beside it."""
        every = self.uow.studies.facts(enrollment.learner, self.since)
        return self._beside(next(facts for facts in every if facts.enrollment.id == enrollment.id), every)

    def keep(self, study: Study) -> None:
        """Store snapshots of a study and those beside it, where the stored ones are not those."""
        for each in (study, *study.beside):
            if each.kept is None or not each.kept.current:
                self.uow.studies.keep(each.enrollment, dumped(each.summary, each.plans))

    def _beside(self, chosen: StudyFacts, every: Sequence[StudyFacts]) -> Study:
        """The study of one of a learner's enrollments, with the others beside it."""
        if len(every) == 1:
            return self._alone(chosen)
        joined = self.uow.merges.merged_enrollments(chosen.enrollment.learner)
        studies = {
            facts.enrollment.id: replace(self._alone(facts), joined_at=joined.get(facts.enrollment.id))
            for facts in every
        }
        study = studies.pop(chosen.enrollment.id)
        return replace(study, beside=tuple(studies.values()))

    def _alone(self, facts: StudyFacts) -> Study:
        """The study of an enrollment without the others."""
        enrollment, ledger = facts.enrollment, _Ledger(self.uow, facts, self.since)
        plans, kept = self._restored(facts, ledger) or self._made(facts, ledger)
        again = kept.summary.again
        return Study(
            enrollment=enrollment.id,
            roadmap=plans.now or plans.first,
            start=enrollment.start,
            commitments=replace(facts.commitments, weeks=self._weeks_of(enrollment.learner)),
            entries=ledger.lines,
            relieved=sum(
                relief.minutes for relief in facts.reliefs if again is None or relief.made_at > again.recorded_at
            ),
            first=plans.first,
            versions=plans.later,
            kept=kept,
        )

    def _restored(self, facts: StudyFacts, ledger: "_Ledger") -> tuple[Plans, Kept] | None:
        """From the snapshot and the lines behind it; None where it must be made anew."""
        if facts.snapshot is None:
            return None
        try:
            content = read(facts.snapshot)
            plans = self._plans(facts.enrollment, content["versions"])
            stored = restored(facts.snapshot, content, plans)
        except Outdated:
            return None
        behind = () if facts.last_entry == stored.last else self.uow.studies.after(facts.enrollment.id, stored.last)
        summary = stored.with_lines(behind)
        return (plans, Kept(summary, ledger.days, not behind, ledger.between)) if summary else None

    def _made(self, facts: StudyFacts, ledger: "_Ledger") -> tuple[Plans, Kept]:
        """From all lines."""
        plans = self._plans(facts.enrollment, versions(ledger.lines))
        return plans, Kept(summarize(ledger.lines, plans), ledger.days, current=False, between=ledger.between)

    def _plans(self, enrollment: Enrollment, taken: Sequence[str]) -> Plans:
        first, *later = (
            self.catalog.read(self.uow, enrollment.roadmap, version, self.locale)
            for version in (enrollment.version, *taken)
        )
        return Plans(first, dict(zip(taken, later, strict=True)), later[-1] if later else first)

    def _weeks_of(self, learner: LearnerId) -> Weeks:
        """Where a learner's weeks begin."""
        if self.known and self.known.id == learner:
            return self.known.weeks
        other = self.uow.learners.get(learner)
        return other.weeks if other else MONDAYS


class _Ledger:
    """The ledger of an enrollment as it was when the study was loaded, read when somebody asks."""

    def __init__(self, uow: UnitOfWork, facts: StudyFacts, since: date) -> None:
        self._uow = uow
        self._changes_seen = len(uow.changes)
        self._of: EnrollmentId = facts.enrollment.id
        self.lines = Lines(lambda: self._before(self._uow.ledger.entries(self._of)))
        self.days = Days(facts.days, since if facts.summed else date.min, self._days)

    def between(self, first: date, last: date) -> Sequence[Entry]:
        """The lines of some days."""
        return self._before(self._uow.studies.between(self._of, first, last))

    def _days(self) -> Mapping[date, int]:
        days = dict(self._uow.studies.days(self._of))
        for day, minutes in minutes_by_day(self._since()).items():
            days[day] = days.get(day, 0) - minutes
        return days

    def _since(self) -> list[Entry]:
        """What was written since."""
        return [
            change.entry
            for change in self._uow.changes.since(self._changes_seen)
            if isinstance(change, EntryAdded) and change.enrollment == self._of
        ]

    def _before(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        later = {entry.id for entry in self._since()}
        return [entry for entry in entries if entry.id not in later] if later else entries
