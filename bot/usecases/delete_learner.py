"""Delete everything about a person."""

from datetime import date, datetime

from bot.core.learner import Account, Learner
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.hand_over_group import hand_over_group


def delete_learner(uow: UnitOfWork, learner: Learner, today: date, now: datetime) -> None:
    """Delete a learner and all that is kept of them, on every account and roadmap; it cannot be undone.

    Groups that they organised alone get another organiser. Boards of their groups follow, and so do the counts of
    check-ins that they had answered and the messages that name them because they finished or congratulated.
    """
    groups = [membership.group for membership in uow.groups.of(learner.id)]
    uow.groups.lock(group.id for group in groups)
    weeks = learner.weeks.first_of(today), learner.weeks.before(today)
    answered = any(uow.checkins.of(learner.id, week) for week in weeks)
    uow.live_messages.part_from(learner.id, now)
    uow.privacy.erase(learner.id)
    for group in groups:
        hand_over_group(uow, group, now)
        if answered:
            uow.live_messages.touch(group.id, "checkin", now)


def forget_account(uow: UnitOfWork, account: Account) -> None:
    """Delete the requests and answers of an account that belongs to no learner."""
    uow.privacy.forget(account)
