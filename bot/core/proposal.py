"""What an adjustment of a plan would mean, before it is taken. Past weeks stay what they were in all of them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core import commitment
from bot.core.catchup import Kind, spread, trims, with_commitments
from bot.core.commitment import Commitment
from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.study import Study


class NothingToAdjust(Exception):
    """The plan needs no such adjustment. The subclasses say why."""


class NothingToSpread(NothingToAdjust):
    """The learner is not behind, so there are no hours to spread."""


class NothingToLeaveOut(NothingToAdjust):
    """What is left of the roadmap is its core, or begun already."""


class NothingToMove(NothingToAdjust):
    """The learner is not behind, so no dates move."""


@dataclass(frozen=True)
class Proposal:
    """An adjustment that can be taken: the minutes it relieves, the commitments it makes and the items it leaves out.

    `study` is the study as it would be afterwards.
    """

    kind: Kind
    relieved: int
    commitments: tuple[Commitment, ...]
    items: tuple[str, ...]
    study: Study


def propose(study: Study, kind: Kind, minutes: int | None, *, today: date, now: datetime) -> Proposal:
    """One adjustment of a plan.

    "shift" moves all dates, so that nothing is open any more. "spread" puts what is open on the coming weeks. "trim"
    leaves out extras, as many as make up for what is open. "pace" goes on with `minutes` a week, and nothing is open.
    Raises `NothingToMove`, `NothingToSpread`, `NothingToLeaveOut`, and `bot.core.commitment.OutOfRange` for too few or
    too many minutes.
    """
    relief = study.relief(today)
    if kind == "shift":
        if not relief:
            raise NothingToMove
        return _proposal(study, kind, today, now, relieved=relief)
    if kind == "spread":
        raised = spread(study.commitments.usual(), study.debt(today), today, study.calendar)
        if raised is None:
            raise NothingToSpread
        return _proposal(study, kind, today, now, relieved=relief, commitments=raised)
    if kind == "trim":
        items = tuple(item.id for item in trims(study, study.debt(today) or study.position.total))
        if not items:
            raise NothingToLeaveOut
        return _proposal(study, kind, today, now, items=items)
    chosen = minutes or 0
    commitment.check(chosen)
    return _proposal(study, kind, today, now, relieved=relief, commitments=(Commitment(today, chosen),))


def _proposal(
    study: Study,
    kind: Kind,
    today: date,
    now: datetime,
    *,
    relieved: int = 0,
    commitments: tuple[Commitment, ...] = (),
    items: tuple[str, ...] = (),
) -> Proposal:
    dated = (replace(commitment, made_at=now) for commitment in commitments)
    left_out = [Entry(EntryId(-n), item, today, 0, "trim", now) for n, item in enumerate(items, start=1)]
    after = replace(
        study.plus(*left_out),
        commitments=with_commitments(study.commitments, *dated),
        relieved=study.relieved + relieved,
    )
    return Proposal(kind, relieved, commitments, items, after)
