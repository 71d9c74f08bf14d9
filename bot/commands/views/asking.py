"""Asking a group for help, with consent, at most once a week."""

from datetime import timedelta

from bot.core.ids import GroupId
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.request import write_token
from bot.dialogue.text import Text

ONCE_IN = timedelta(days=7)


def ask_group(ctx: Context, study: Study, group: GroupId, note: str | None) -> Reply:
    """Tell a group of the learner's that they are stuck."""
    member = ctx.uow.groups.member(group, ctx.who.id)
    found = ctx.uow.groups.get(group)
    if found is None or member is None or member.hidden:
        raise Refusal(Text("That is not a group of yours."))
    if ctx.uow.calls.made_since(ctx.who.id, group, ctx.now - ONCE_IN):
        raise Refusal(Text("You have asked {group} this week; somebody may still answer there.", group=found.title))
    call = ctx.uow.calls.create(ctx.who.id, group, study.module.id, note, ctx.now)
    token = write_token("groupcall", {"call": str(call)})
    for place, _ in ctx.uow.groups.places(group):
        ctx.uow.deliveries.post(token, ctx.now, place=place)
    return reply(
        Text("I have asked {group}. They answer you there.", group=found.title),
        buttons=((Button(Text("15 minutes today"), "today", {"minutes": "15m"}),),),
        replaces=ctx.request.pressed,
    )
