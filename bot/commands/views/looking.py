"""Asking for a look at a project: one person who has finished it first, then the group."""

from datetime import UTC, datetime, timedelta

from bot.core.group import Member
from bot.core.ids import GroupId
from bot.core.project import Review, Submission
from bot.dialogue.context import Context
from bot.dialogue.request import write_token
from roadmap.model import Item

THEIR_TURN = timedelta(days=1)
"""So long one person has it for themselves; then the group hears of it."""
ONCE_IN = timedelta(days=7)
"""Nobody is asked more often than this."""
NEVER = datetime.min.replace(tzinfo=UTC)


def ask_for_a_look(ctx: Context, submission: Submission, group: GroupId, item: Item) -> None:
    """Ask somebody of the group who has finished the project, and the group itself unless they take it."""
    review = ctx.uow.projects.request_review(submission.id, group, ctx.now)
    one = _chosen(ctx, group, item)
    if one:
        ctx.uow.deliveries.post(write_token("invited", {"review": str(review)}), ctx.now, learner=one.learner)
    ask_the_group(ctx, review, group, THEIR_TURN if one else timedelta())


def ask_the_group(ctx: Context, review: int, group: GroupId, after: timedelta = timedelta()) -> None:
    """Ask in the group's places after a while, where nobody has it by then."""
    token = write_token("review", {"review": str(review)})
    ctx.uow.deliveries.withdraw(token)
    for place, _ in ctx.uow.groups.places(group):
        ctx.uow.deliveries.post(token, ctx.now + after, place=place)


def looked_at(ctx: Context, found: Review) -> Item | None:
    """The project of a review, on its author's roadmap."""
    enrollment = ctx.uow.enrollments.get(found.submission.enrollment)
    return ctx.study_of(enrollment).item_of(found.submission.item) if enrollment else None


def _chosen(ctx: Context, group: GroupId, item: Item) -> Member | None:
    """Who is shown there, has finished the item, and was not asked for a week; of them the one asked longest ago."""
    others = [m for m in ctx.uow.groups.members(group) if not m.hidden and m.learner != ctx.who.id]
    through = ctx.uow.ledger.finished([m.learner for m in others], {item.id: item.minutes})
    asked = {
        m.learner: ctx.uow.deliveries.last_one_off_due(m.learner, write_token("invited", {}))
        for m in others
        if m.learner in through
    }
    free = [m for m in others if m.learner in asked and ctx.now - (asked[m.learner] or NEVER) >= ONCE_IN]
    return min(free, key=lambda m: asked[m.learner] or NEVER, default=None)
