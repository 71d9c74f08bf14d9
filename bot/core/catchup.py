"""Ways in which a plan bends after weeks that were missed. Past weeks stay what they were in all of them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.core.calendar import MONDAYS, Weeks
from bot.core.commitment import Commitment, Commitments
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
    """A bend that was taken: the minutes it relieved, and for its undo what was in force before."""

    id: int
    enrollment: int
    kind: Kind
    relieved: int
    usual: int
    returns: date | None
    trims: tuple[int, ...]
    made_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Absence:
    """Days on which nothing is owed: an illness is declared afterwards, a pause ahead."""

    id: int
    enrollment: int
    first: date
    last: date
    recorded_at: datetime
    undone_at: datetime | None = None
    kind: AbsenceKind = "illness"


def spread(usual: int, debt: int, today: date, calendar: Weeks = MONDAYS) -> tuple[Commitment, Commitment] | None:
    """The debt over the coming weeks, from the next one on, at most half as much again a week; then the usual hours.

    None where nothing is owed or half as much again is less than a step.
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
    return Commitment(first, usual + extra), Commitment(after, usual)


def trims(study: Study, debt: int) -> list[Item]:
    """The extras to leave out: not begun, the last ones first, as many as make up for the debt, in the plan's order."""
    spent = {covered.part.item for covered in study.position.parts if covered.minutes or covered.done or covered.out}
    gone: list[Item] = []
    order = dict.fromkeys(covered.part.item for covered in study.position.parts)
    for item in (study.roadmap.items[id_] for id_ in reversed(order)):
        if debt <= 0:
            break
        if not item.core and item.id not in spent:
            gone.append(item)
            debt -= item.minutes
    return gone[::-1]


def with_commitments(commitments: Commitments, *more: Commitment) -> Commitments:
    """The commitments with some more."""
    return replace(commitments, made=(*commitments.made, *more))
