"""Adding a chat to a group: an organiser of the group and a manager of the chat, both, say so."""

from bot.commands.groups.which import organises
from bot.core.code import Code
from bot.core.group import Group, Place
from bot.core.name import shown
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.request import write_token
from bot.dialogue.text import Text, Typed


def add_here(ctx: Context) -> Reply:
    """Add this chat to the group that who asks organises; both rights are theirs."""
    place = ctx.request.place
    assert place is not None  # noqa: S101 - seen to by the caller
    mine = [group for group, member in ctx.uow.groups.of(ctx.who.id) if member.role == "organiser"]
    here = ctx.uow.groups.at(place)
    if here and any(group.id == here.id for group in mine):
        raise Refusal(Text("This chat is a place of {group} already.", group=here.title))
    ctx.check_organiser()
    if not mine:
        raise Refusal(
            Text("You organise no group. {create} makes one, here or in its chat.", create=Typed("/group create"))
        )
    if len(mine) > 1:
        raise Refusal(
            Text(
                "You organise several groups: {command} typed to me in private gives a code for one of them.",
                command=Typed("/group place"),
            )
        )
    return _added(ctx, mine[0], place)


def enter_place(ctx: Context, code: Code, group: Group, *, own: bool) -> Reply:
    """A code was entered in a chat: its manager wants the chat to be a place of the group. `own`: by its maker."""
    place = ctx.request.place
    assert place is not None  # noqa: S101 - seen to by the caller
    ctx.check_organiser()
    ctx.check_writable()
    before = ctx.uow.groups.at(place)
    if before and before.id == group.id:
        raise Refusal(Text("This chat is a place of {group} already.", group=group.title))
    if own:
        ctx.uow.codes.use(code, ctx.now)
        return _added(ctx, group, place)
    if code.entry is None:
        ctx.uow.codes.enter(code, ctx.request.account, place, ctx.now)
        token = write_token("placeasked", {"entry": str(code.id)})
        ctx.uow.deliveries.post(token, ctx.now, learner=code.learner)
    return reply(
        Text("I have asked the organiser who made this code. Nothing is shown here before they say yes."),
    )


def asked(ctx: Context, entry: int) -> tuple[Code, Group, Place] | None:
    """The chat that waits for the word of who asks, who made the code for it and organises the group still."""
    for code in ctx.uow.codes.entered(ctx.who.id, "place", ctx.now):
        group = ctx.uow.groups.get(code.group) if code.group else None
        if code.id == entry and code.entry and code.entry.place and group and organises(ctx, group):
            return code, group, code.entry.place
    return None


def add(ctx: Context, code: Code, group: Group, place: Place) -> Reply:
    """The organiser's yes to a chat."""
    ctx.uow.codes.use(code, ctx.now)
    return _added(ctx, group, place)


def _added(ctx: Context, group: Group, place: Place) -> Reply:
    """The chat is a place of the group now; who is on the board of the group it had is not carried over."""
    before = ctx.uow.groups.at(place)
    id_ = ctx.uow.groups.assign_place(place, group.id)
    alone = before is not None and bool(ctx.uow.groups.members(before.id))
    ctx.uow.deliveries.post(write_token("placed", {"alone": "1" if alone else "0"}), ctx.now, place=id_)
    return reply(
        Text(
            "{place} is a place of {group} now: one group, one board.",
            place=shown(place.title),
            group=group.title,
        ),
        buttons=(Button(Text("Members"), "group", {"change": "members", "of": str(group.id)}),),
        replaces=ctx.request.pressed,
    )
