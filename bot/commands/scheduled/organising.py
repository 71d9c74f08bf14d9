"""Tell a member once, in private, that they are the organiser of their group now."""

from bot.commands.groups.which import organises
from bot.core.ids import GroupId
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text, Typed


@command(scheduled=True)
def organising(ctx: Context, of: Number) -> Reply:
    """Hear that you are the organiser of your group now."""
    group = ctx.uow.groups.get(GroupId(of))
    if group is None or not ctx.request.occasion or not organises(ctx, group):
        raise NothingToSend("not an organiser of it")
    args = {"of": str(group.id)}
    return reply(
        Text(
            "You are the organiser of {group} now: the last one has left, and of its members you came first.",
            group=group.title,
        ),
        Text(
            "You need not do anything. {appoint} makes somebody else an organiser, too.",
            appoint=Typed("/group organiser"),
        ),
        buttons=(
            (
                Button(Text("Members"), "group.members", args),
                Button(Text("Invite"), "group.invite", args),
                Button(Text("Make somebody an organiser"), "group.organiser", args),
            ),
        ),
    )
