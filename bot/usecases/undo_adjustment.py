"""Take an adjustment of a plan back."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.catchup import UNDO_WITHIN, Adjustment, AlreadyTakenBack, NothingSuch, NotTakenBack, TooLongAgo
from bot.core.commitment import Commitment
from bot.core.ledger import AlreadyUndone, Logging, in_force
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.reversal import reverse


class AdjustedSince(NotTakenBack):
    """Another adjustment was made since; `last` must be taken back first."""

    def __init__(self, last: Adjustment) -> None:
        super().__init__(last.id)
        self.last = last


def undo_adjustment(uow: UnitOfWork, study: Study, adjustment: int, *, today: date, now: datetime) -> Adjustment:
    """Undo an adjustment: the hours a week of before apply again, and items left out come back. Returns the adjustment.

    The newest one only, and within a week. Raises `bot.core.catchup.NothingSuch` where the study has no such
    adjustment, `AlreadyTakenBack`, `TooLongAgo`, and `AdjustedSince`.
    """
    made = uow.adjustments.of(study.enrollment)
    undone = next((each for each in made if each.id == adjustment), None)
    if undone is None:
        raise NothingSuch
    if undone.undone_at:
        raise AlreadyTakenBack
    if now - undone.made_at > UNDO_WITHIN:
        raise TooLongAgo
    last = _in_force(made)[-1]
    if last.id != undone.id:
        raise AdjustedSince(last)
    uow.adjustments.undo_adjustment(undone.id, now)
    if undone.kind in {"spread", "pace"}:
        uow.enrollments.commit(study.enrollment, Commitment(today, undone.usual), now)
    for entry in undone.trims:
        if left_out := in_force(study.entries, entry):  # else the learner has brought it back already
            _bring_back(uow, study, left_out, now)
    return undone


def _bring_back(uow: UnitOfWork, study: Study, left_out: Logging, now: datetime) -> None:
    try:
        reverse(uow, study.enrollment, study.entries, left_out, now)
    except AlreadyUndone:
        raise AlreadyTakenBack from None


def undoable(made: Sequence[Adjustment], now: datetime) -> Adjustment | None:
    """The adjustment that can be taken back now, of all that were made; None where there is none."""
    active = _in_force(made)
    return active[-1] if active and now - active[-1].made_at <= UNDO_WITHIN else None


def _in_force(made: Sequence[Adjustment]) -> list[Adjustment]:
    return [adjustment for adjustment in made if adjustment.undone_at is None]
