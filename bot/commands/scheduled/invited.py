"""Somebody who has finished a project is asked in private to look at another's, before the whole group is."""

from bot.commands.views.looking import looked_at
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Link, Text
from bot.usecases.decline_review import decline_review


@command(hidden=True)
def invited(ctx: Context, review: Number, no: Flag = False) -> Reply:
    """Be asked for a look at somebody's project."""
    found = ctx.uow.projects.review(review)
    if found is None or found.decided_at or found.learner:
        return _late(ctx, Text("Somebody is looking at it already, or it was taken back."))
    group = ctx.uow.groups.get(found.group)
    me = ctx.uow.groups.member(found.group, ctx.who.id)
    author = ctx.uow.groups.member(found.group, found.submission.learner)
    item = looked_at(ctx, found)
    if not group or not me or not author or author.hidden or not item or author.learner == me.learner:
        return _late(ctx, Text("That is not a review of your groups."))
    if no:
        decline_review(ctx.uow, found, ctx.now)
        return reply(Text("That is fine. I ask the group."), replaces=ctx.request.pressed)
    args = {"review": str(found.id)}
    return reply(
        Text(
            "{name} of {group} has finished “{item}” and asks for a look at it: {link}",
            name=author.name,
            group=group.title,
            item=item.title,
            link=Link(found.submission.url, found.submission.url),
        ),
        Text("You are through it already. Would you?"),
        buttons=(
            (Button(Text("I'll look"), "look", args), Button(Text("Not this time"), "invited", args | {"no": "1"})),
        ),
    )


def _late(ctx: Context, said: Text) -> Reply:
    if ctx.request.occasion:
        raise NothingToSend("nobody has to look any more")
    raise Refusal(said)
