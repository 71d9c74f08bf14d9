"""Take a merge of two learners back."""

from datetime import date, datetime

from bot.core.calendar import local_date
from bot.core.commitment import Commitment
from bot.core.learner import Learner
from bot.core.merge import UNDO_WITHIN, Merge
from bot.core.reminder import after
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.attend_session import remind_again
from bot.usecases.link_accounts import keep_organised


class NothingToUndo(Exception):
    """The learner has absorbed nobody, or it was taken back."""


class TooLate(Exception):
    """The merge is older than `bot.core.merge.UNDO_WITHIN`."""


def can_undo_link(uow: UnitOfWork, learner: Learner, now: datetime) -> bool:
    """Whether the learner has a merge to take back, and still may."""
    try:
        _undoable(uow, learner, now)
    except (NothingToUndo, TooLate):
        return False
    return True


def _undoable(uow: UnitOfWork, learner: Learner, now: datetime) -> Merge:
    last = uow.merges.last(learner.id)
    if last is None or last.undone_at is not None:
        raise NothingToUndo
    if now - last.merged_at > UNDO_WITHIN:
        raise TooLate
    return last


def undo_link(uow: UnitOfWork, learner: Learner, today: date, now: datetime) -> None:
    """Undo the learner's newest merge: each of the two learners gets back what they had before.

    What was logged since stays with the learner who made the code. The other one's active reminders come again, and a
    roadmap that rested since the merge goes on. Raises `NothingToUndo`, `TooLate`.
    """
    last = _undoable(uow, learner, now)
    uow.merges.lock([last.learner, last.absorbed])
    memberships = [*uow.groups.of(last.learner)]
    uow.groups.lock(membership.group.id for membership in memberships)
    if not uow.merges.undo(last.id, now):
        raise NothingToUndo
    if absorbed := uow.learners.get(last.absorbed):
        _remind_again(uow, absorbed, now)
        remind_again(uow, absorbed.id, now)
    _go_on(uow, last, local_date(last.merged_at, learner.zone, learner.day_begins), today, now)
    keep_organised(uow, [*memberships, *uow.groups.of(last.absorbed)], learner, now)


def _remind_again(uow: UnitOfWork, learner: Learner, now: datetime) -> None:
    came, zone = uow.merges.reminders_before(learner.id), learner.zone
    for rule in uow.reminders.rules(learner.id):
        if came.get(rule.kind, any(came.values())):  # a kind that did not exist then follows the others
            due = after(rule.weekdays, rule.at, zone, now).due
            uow.reminders.set_due(rule, zone, due)


def _go_on(uow: UnitOfWork, merge: Merge, merged_on: date, today: date, now: datetime) -> None:
    """A roadmap that rested since the merge goes on, at the hours it had."""
    enrollment = uow.enrollments.current(merge.absorbed)
    made = uow.enrollments.commitments(enrollment.id).made if enrollment else ()
    rested = made[-1:] == (Commitment(merged_on, 0),)
    if enrollment and rested and made[-2:-1] and made[-2].minutes:
        uow.enrollments.commit(enrollment.id, Commitment(today, made[-2].minutes), now)
