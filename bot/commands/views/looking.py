"""The project that a review is about."""

from bot.core.project import Review
from bot.dialogue.context import Context
from roadmap.model import Item


def looked_at(ctx: Context, review: Review) -> Item | None:
    """The project of a review, on its author's roadmap; None where it is on no version that they followed."""
    enrollment = ctx.uow.enrollments.get(review.submission.enrollment)
    return ctx.study_of(enrollment).item_of(review.submission.item) if enrollment else None
