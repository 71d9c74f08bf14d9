"""One-time codes: typed in another chat by who may manage it, that chat joins the group; typed in private, a person."""

from bot.commands.groups.which import check_organises
from bot.core.code import HOLDS
from bot.core.group import Group
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Heading, Line, Reply, reply
from bot.dialogue.text import Moment, Text, Typed


def invite(ctx: Context, group: Group) -> Reply:
    """A new code, for an organiser's eyes."""
    check_organises(ctx, group)
    code = ctx.new_code()
    ctx.store.codes.make(code, "group", ctx.who.id, group.id, ctx.now)
    until = Moment(ctx.now + HOLDS["group"], ctx.zone.key)
    return reply(
        Heading(Text("An invitation to {group}", group=group.title)),
        Text("{command}", command=Typed(Text("/group join {code}", code=code))),
        Line(Text("Typed in another chat by who manages it, that chat becomes one more place of the group.")),
        Line(Text("Typed to me in private, that person becomes a member.")),
        Line(Text("It works once, until {moment}.", moment=until)),
        buttons=(Button(Text("Another code"), "group", {"change": "invite", "of": str(group.id)}),),
    )


def invited(ctx: Context, code: str) -> Group:
    """The group a code leads to. Refuses one that does not hold."""
    found = ctx.store.codes.find(code, "group", ctx.now)
    if found is None and (own := ctx.store.codes.find(code, "way", ctx.now)) and own[0] == ctx.who.id:
        found = own
    group = ctx.store.groups.get(found[1]) if found and found[1] else None
    if group is None:
        raise Refusal(
            Text(
                "That code is not good any more. An organiser can make a new one with {command}.",
                command=Typed("/group invite"),
            )
        )
    return group


def join_place(ctx: Context, code: str) -> Reply:
    """This chat becomes one more place of the group; who is on the board of the group it had is not carried over."""
    place = ctx.request.place
    assert place is not None  # noqa: S101 - seen to by the caller
    ctx.check_organiser()
    ctx.check_writable()
    group = invited(ctx, code)
    before = ctx.store.groups.at(place)
    if before and before.id == group.id:
        raise Refusal(Text("This chat is a place of {group} already.", group=group.title))
    ctx.store.codes.use(code, "group", ctx.now)
    ctx.store.groups.move(place, group.id)
    ctx.board_changes(group, ctx.now)
    alone = [Text("Who was on the board here before is asked anew: they said yes to other people.")] if before else []
    return reply(
        Text("This chat is a place of {group} now: one group, one board.", group=group.title),
        *alone,
        buttons=(
            (
                Button(Text("Board"), "leaderboard"),
                Button(Text("Join the board"), "group", {"change": "join", "of": str(group.id)}),
            ),
            Button(Text("Say nothing here"), "group", {"change": "stop", "of": str(group.id)}),
        ),
    )
