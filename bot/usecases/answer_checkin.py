"""Answer the weekly question."""

from collections.abc import Callable
from datetime import date, datetime

from bot.core.checkin import CheckIn
from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork


class CheckInClosed(Exception):
    """The answer for that week is final."""


def answer_checkin(
    uow: UnitOfWork,
    learner: Learner,
    answer: CheckIn,
    *,
    instead: date | None = None,
    closes: Callable[[date], datetime],
) -> CheckIn:
    """Store how a week was, or change it; the same answer without a note keeps the note before. Returns what is stored.

    `instead` is the week that was answered by mistake: its answer is deleted, unless it is final. `closes` gives the
    instant at which the answer for a week becomes final, by its first day. Raises `CheckInClosed` for the week of the
    answer.
    """
    if answer.answered_at >= closes(answer.monday):
        raise CheckInClosed
    if instead and answer.answered_at < closes(instead):
        uow.checkins.delete(learner.id, instead)
    before = uow.checkins.of(learner.id, answer.monday)
    if before and before.feeling == answer.feeling and not answer.note:
        answer = CheckIn(answer.monday, answer.feeling, answer.answered_at, before.note)
    uow.checkins.answer(learner.id, answer.monday, answer.feeling, answer.answered_at, answer.note)
    return answer
