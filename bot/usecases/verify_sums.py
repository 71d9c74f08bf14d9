"""Compare sums and snapshots with what all entries say, and make those that are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.ids import EnrollmentId
from bot.core.ledger import versions
from bot.core.plans import Plans
from bot.core.summary import summarize
from bot.ports.sums import Summed
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.roadmap_catalog import RoadmapCatalog
from bot.usecases.snapshots import Outdated, dumped, read

AT_ONCE = 50
"""Enrollments compared at once."""
MADE_AT_ONCE = 10
"""Enrollments summed up in one transaction: few enough that a learner's request never waits long behind it."""


@dataclass(frozen=True)
class Verified:
    """What a look at some enrollments has shown: the last id (None: there are no more), how many there were, how many
    have not been summed up yet, and which sums and snapshots are wrong, in words."""

    last: EnrollmentId | None
    looked_at: int
    missing: int
    wrong: Sequence[str]


def verify_sums(uow: UnitOfWork, catalog: RoadmapCatalog, after: EnrollmentId, *, rebuild: bool) -> Verified:
    """Look at the next enrollments behind the id `after`; with `rebuild`, make anew what is wrong or missing.

    A snapshot that has entries behind it is compared with those up to its last one.
    """
    page = uow.sums.page(after, AT_ONCE)
    if not page:
        return Verified(None, 0, 0, ())
    summed = [row.enrollment for row in page if row.summed]
    learners = {row.learner for row in page}
    wrong_sums, wrong_owed = uow.sums.wrong(summed), uow.sums.wrong_owed(learners)
    wrong_snapshots = {row.enrollment for row in page if row.snapshot and not _right(uow, catalog, row)}
    if rebuild:
        uow.merges.lock(list(learners))
        uow.sums.make(wrong_sums | wrong_snapshots | {row.enrollment for row in page if not row.summed})
        uow.sums.make_owed(learners)
    wrong = [
        *(f"enrollment {id_}: sums of its entries" for id_ in sorted(wrong_sums)),
        *(f"enrollment {id_}: snapshot" for id_ in sorted(wrong_snapshots)),
        *(f"learner {id_}: what is owed on boards" for id_ in sorted(wrong_owed)),
    ]
    return Verified(page[-1].enrollment, len(page), len(page) - len(summed), wrong)


class Reached(NamedTuple):
    """How far missing sums have been made: the last enrollment and the last learner."""

    enrollment: int = 0
    learner: int = 0


def make_missing_sums(uow: UnitOfWork, reached: Reached) -> Reached | None:
    """Sum up some of what has not been yet, as after an upgrade of an older database; None if nothing is missing."""
    enrollments = uow.sums.missing(reached.enrollment, MADE_AT_ONCE)
    learners = uow.sums.missing_owed(reached.learner, MADE_AT_ONCE)
    if not enrollments and not learners:
        return None
    owners = {enrollment.learner for id_ in enrollments if (enrollment := uow.enrollments.get(id_))}
    uow.merges.lock(sorted(owners.union(learners)))  # what they log meanwhile must not be missed
    uow.sums.make(enrollments)
    uow.sums.make_owed(learners)
    return Reached(max([*enrollments, reached.enrollment]), max([*learners, reached.learner]))


def _right(uow: UnitOfWork, catalog: RoadmapCatalog, row: Summed) -> bool:
    """Whether a snapshot is what the entries up to its last one say."""
    enrollment, snapshot = uow.enrollments.get(row.enrollment), row.snapshot
    if enrollment is None or snapshot is None:
        return True
    entries = [entry for entry in uow.ledger.entries(row.enrollment) if entry.id <= snapshot.last]
    taken = versions(entries)
    first, *later = (catalog.read(uow, enrollment.roadmap, version, "") for version in (enrollment.version, *taken))
    plans = Plans(first, dict(zip(taken, later, strict=True)), later[-1] if later else first)
    expected = dumped(summarize(entries, plans), plans)
    try:
        stored, right = read(snapshot), read(expected)
    except Outdated:
        return True  # nobody uses it: it is made anew when the learner is next heard of
    if (stored["plans"], stored["parts"]) != (right["plans"], right["parts"]):
        return True  # the same
    return snapshot.last == expected.last and stored == right
