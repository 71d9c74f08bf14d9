"""Adding a chat to a group: an organiser of the group and a manager of the chat, both, say so."""

from bot.commands.groups.which import asker_of, worded_rights
from bot.core.code import Code
from bot.core.group import Group, Place
from bot.core.name import shown
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text, Typed
from bot.usecases.add_place import AlreadyAPlace, WaitingPlace, accept_place, add_place, ask_for_place
from bot.usecases.enter_invitation import Invitation


def add_here(ctx: Context) -> Reply:
    """Add this chat to the one group that the learner organises; they must manage the chat, too."""
    place = ctx.request.place
    assert place is not None  # noqa: S101 - seen to by the caller
    organised = [
        membership.group for membership in ctx.uow.groups.of(ctx.who.id) if membership.member.role == "organiser"
    ]
    here = ctx.uow.groups.at(place)
    if here and any(group.id == here.id for group in organised):
        raise _already(here)
    ctx.check_organiser()
    if not organised:
        raise Refusal(
            Text("You organise no group. {create} makes one, here or in its chat.", create=Typed("/group create"))
        )
    if len(organised) > 1:
        raise Refusal(
            Text(
                "You organise several groups: {command} typed to me in private gives a code for one of them.",
                command=Typed("/group place"),
            )
        )
    return _added_here(ctx, organised[0], place)


def enter_place(ctx: Context, invitation: Invitation, place: Place) -> Reply:
    """Use a code that was entered in a chat, or ask its maker whether the chat becomes a place of the group."""
    ctx.check_organiser()
    ctx.check_writable()
    if invitation.own:
        return _added_here(ctx, invitation.group, place, invitation.code)
    try:
        with worded_rights(ctx, invitation.group):
            ask_for_place(ctx.uow, asker_of(ctx), place, invitation.group, invitation.code, ctx.now)
    except AlreadyAPlace:
        raise _already(invitation.group) from None
    return reply(
        Text("I have asked the organiser who made this code. Nothing is shown here before they say yes."), anew=True
    )


def accept(ctx: Context, waiting: WaitingPlace) -> Reply:
    """Add a waiting chat to the group, as its organiser has agreed."""
    accept_place(ctx.uow, waiting, ctx.now)
    return _added(waiting.group, waiting.place)


def _added_here(ctx: Context, group: Group, place: Place, code: Code | None = None) -> Reply:
    """Add the chat for somebody who both decides for the group and manages the chat."""
    try:
        with worded_rights(ctx, group):
            add_place(ctx.uow, asker_of(ctx), place, group, ctx.now, code)
    except AlreadyAPlace:
        raise _already(group) from None
    return _added(group, place)


def _already(group: Group) -> Refusal:
    return Refusal(Text("This chat belongs to {group} already.", group=group.title))


def _added(group: Group, place: Place) -> Reply:
    return reply(
        Text(
            "{place} belongs to {group} now: one group, one board.",
            place=shown(place.title),
            group=group.title,
        ),
        buttons=(Button(Text("Members"), "group.members", {"of": str(group.id)}),),
    )
