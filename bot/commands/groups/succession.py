"""A group that has members has an organiser: where the last one goes, somebody else becomes it and is told."""

from bot.core.group import Group, Member
from bot.dialogue.context import Context
from bot.dialogue.request import write_token


def hand_over(ctx: Context, group: Group) -> Member | None:
    """Give the group an organiser where it has members and none; who that is."""
    heir = ctx.uow.groups.ensure_organiser(group.id)
    if heir and (ctx.learner is None or heir.learner != ctx.learner.id):
        ctx.uow.deliveries.post(write_token("organising", {"of": str(group.id)}), ctx.now, learner=heir.learner)
    return heir
