"""The project that a review is about, and who gives the review."""

from bot.core.project import Review
from bot.dialogue.context import Context
from roadmap.model import Item


def looked_at(ctx: Context, review: Review) -> Item | None:
    """The project of a review, on its author's roadmap; None where it is on no version that they followed."""
    enrollment = ctx.uow.enrollments.get(review.submission.enrollment)
    return ctx.study_of(enrollment).item_of(review.submission.item) if enrollment else None


def reviewer_name(ctx: Context, review: Review) -> str | None:
    """The name of the reviewer as shown in the review's group; None where they are hidden or there is none."""
    member = ctx.uow.groups.member(review.group, review.learner) if review.learner else None
    return member.name if member and not member.hidden else None
