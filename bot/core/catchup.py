"""Adjustments of a plan after missed weeks. None of them changes how past weeks are judged."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from bot.core.calendar import MONDAYS, Weeks
from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.study import Study
from roadmap.model import Item

Kind = Literal["shift", "spread", "trim", "pace"]
AbsenceKind = Literal["illness", "pause"]
UNDO_WITHIN = timedelta(days=7)
STEP = 15
"""Weekly loads are raised in steps of so many minutes."""


class NotTakenBack(Exception):
    """This change of the plan is not taken back. The subclasses say why."""


class NothingSuch(NotTakenBack):
    """The plan has no such change."""


class TooLongAgo(NotTakenBack):
    """It was made longer ago than `UNDO_WITHIN`."""


class AlreadyTakenBack(NotTakenBack):
    """It was taken back before."""


@dataclass(frozen=True)
class Adjustment:
    """An adjustment that was made: the minutes that are owed no more, and what undoing it restores."""

    id: int
    enrollment: EnrollmentId
    kind: Kind
    relieved: int
    usual: int
    returns: date | None
    trims: tuple[EntryId, ...]
    made_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Absence:
    """Days, both ends included, on which nothing is owed: an illness is declared afterwards, a pause in advance."""

    id: int
    enrollment: EnrollmentId
    first: date
    last: date
    recorded_at: datetime
    undone_at: datetime | None = None
    kind: AbsenceKind = "illness"


class Spread(NamedTuple):
    """What is owed in addition for some weeks, and the usual after them."""

    raised: Commitment
    usual: Commitment


def spread(usual: int, debt: int, today: date, calendar: Weeks = MONDAYS) -> Spread | None:
    """Commitments that make up for the debt: more minutes from the next week on, at most half as much again, then
    the usual.

    None if nothing is owed, or if half of the usual minutes is less than a `STEP`.
    """
    most = usual // 2 // STEP * STEP
    if debt <= 0 or most < STEP:
        return None
    weeks = -(-debt // most)
    extra = min(most, -(-debt // weeks // STEP) * STEP)
    first = after = calendar.next(today)
    days = 0
    while days < weeks * 7:
        days, after = days + (calendar.next(after) - after).days, calendar.next(after)
    return Spread(Commitment(first, usual + extra), Commitment(after, usual))


def trims(study: Study, debt: int) -> list[Item]:
    """The items to leave out: extras not begun, the last ones first, until they make up for the debt; in the plan's
    order."""
    spent = {covered.part.item for covered in study.position.parts if covered.minutes or covered.done or covered.out}
    left_out: list[Item] = []
    order = dict.fromkeys(covered.part.item for covered in study.position.parts)
    for item in (study.roadmap.items[id_] for id_ in reversed(order)):
        if debt <= 0:
            break
        if not item.core and item.id not in spent:
            left_out.append(item)
            debt -= item.minutes
    return left_out[::-1]


def with_commitments(commitments: Commitments, *more: Commitment) -> Commitments:
    """The history with some commitments appended."""
    return replace(commitments, made=(*commitments.made, *more))
