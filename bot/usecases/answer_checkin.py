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
    """Say how a week was, or say it anew; who says the same again without a note keeps the note. Returns what is kept.

    `instead` is the week that the answer was given for by mistake: it is unanswered again, unless its answer is final.
    `closes` says when that is, by the first day of a week. Raises `CheckInClosed` for the week of the answer.
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
