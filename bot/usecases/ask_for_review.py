"""Ask a group for a review of a project."""

from datetime import datetime, timedelta

from bot.core.group import Member
from bot.core.ids import GroupId, ReviewId
from bot.core.learner import Learner
from bot.core.project import Submission
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import INVITATIONS, post_to_group, review_call, review_invitation
from bot.usecases.own_group import own_group
from roadmap.model import Item

THEIR_TURN = timedelta(days=1)
"""How long the invited member has to themselves, before the whole group is asked."""
ONCE_IN = timedelta(days=7)
"""No member is invited more often than this."""


def ask_for_review(
    uow: UnitOfWork, learner: Learner, submission: Submission, item: Item, group: GroupId, now: datetime
) -> None:
    """Ask a member who has finished the project, and the whole group unless they take the review within a day.

    Nothing happens while a review of this submission is open. Raises `bot.usecases.own_group.NotShownThere`.
    """
    own_group(uow, learner, group)
    before = uow.projects.review_of(submission.id)
    if before and before.decided_at is None:
        return
    review = uow.projects.request_review(submission.id, group, now)
    invited = _member_to_invite(uow, learner, group, item, now)
    if invited:
        uow.deliveries.post(review_invitation(review), now, learner=invited.learner)
    call_group(uow, review, group, now + THEIR_TURN if invited else now)


def call_group(uow: UnitOfWork, review: ReviewId, group: GroupId, at: datetime) -> None:
    """Schedule the question in the group's places at `at` (aware UTC), in place of one scheduled before."""
    uow.deliveries.withdraw(review_call(review))
    post_to_group(uow, group, review_call(review), at)


def _member_to_invite(uow: UnitOfWork, learner: Learner, group: GroupId, item: Item, now: datetime) -> Member | None:
    """A shown member who has finished the item and was not invited for a week; the one invited longest ago."""
    others = [member for member in uow.groups.members(group) if not member.hidden and member.learner != learner.id]
    finished = uow.ledger.finished([member.learner for member in others], {item.id: item.minutes})
    invited_before = dict[Member, datetime]()
    for member in (member for member in others if member.learner in finished):
        invited_at = uow.deliveries.last_one_off_due(member.learner, INVITATIONS)
        if invited_at is None:
            return member
        if now - invited_at >= ONCE_IN:
            invited_before[member] = invited_at
    return min(invited_before, key=lambda member: invited_before[member], default=None)
