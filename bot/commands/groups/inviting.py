"""One-time codes that let a person join a group or add a chat to it, valid for the first who enters them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Literal

from bot.commands.groups.joining import join
from bot.commands.groups.placing import enter_place
from bot.commands.groups.which import asker_of, worded_rights
from bot.core.group import Group, Shown
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Moment, Text, Typed
from bot.usecases.enter_invitation import enter_invitation, try_invitation
from bot.usecases.invite import invite as make_invitation
from bot.usecases.try_code import TooManyTries


def invite(ctx: Context, group: Group) -> Reply:
    """Show an organiser a new code that lets one person in."""
    return reply(
        Heading(Text("An invitation to {group}", group=group.title)),
        *_code(ctx, group, "group", Text("Whoever types it to me first becomes a member.")),
        buttons=(
            (
                Button(Text("Another code"), "group.invite", {"of": str(group.id)}),
                Button(Text("A code for a chat"), "group.place", {"of": str(group.id)}),
            ),
        ),
        anew=True,
    )


def place_code(ctx: Context, group: Group) -> Reply:
    """Show an organiser a new code that adds one chat to the group."""
    purpose = Text("Typed in a chat by somebody who manages it, it adds that chat to the group; I ask you first.")
    return reply(
        Heading(Text("A code for one more chat of {group}", group=group.title)),
        *_code(ctx, group, "place", purpose),
        Line(Text("Where you manage the chat yourself, {command} there is enough.", command=Typed("/group place"))),
        buttons=(Button(Text("Another code"), "group.place", {"of": str(group.id)}),),
        anew=True,
    )


def _code(ctx: Context, group: Group, kind: Literal["group", "place"], purpose: Text) -> list[Block]:
    code = ctx.new_code()
    with worded_rights(ctx, group):
        until = make_invitation(ctx.uow, asker_of(ctx), group, code, kind, ctx.now)
    return [
        Line(Text("{command}", command=Typed(Text("/group join {code}", code=code)))),
        Line(purpose),
        Line(Text("It works once, until {moment}.", moment=Moment(until, ctx.zone.key))),
    ]


def enter(ctx: Context, code: str, shown: Shown | None, name: str | None) -> Reply:
    """Use a code, where it is valid for the person: join the group, or add the chat to it."""
    place = None if ctx.request.pressed else ctx.request.place
    with worded_tries():
        invitation = try_invitation(ctx.uow, asker_of(ctx), code, ctx.now)
    if invitation is None:
        return not_good(Text("An organiser can make a new one with {command}.", command=Typed("/group invite")))
    kind = invitation.code.kind
    if place and (kind == "place" or (invitation.own and kind == "group")):
        return enter_place(ctx, invitation, place)
    if kind == "place":
        raise Refusal(Text("This code is for a chat: who manages the chat types it there."))
    if kind == "group":
        ctx.study  # noqa: B018 - refuses who has no roadmap yet, before the code is theirs
        enter_invitation(ctx.uow, asker_of(ctx), invitation.code, ctx.now)
    return join(ctx, invitation.group, shown, name, (code, invitation.code))


@contextmanager
def worded_tries() -> Iterator[None]:
    """Turn `TooManyTries` into a refusal."""
    try:
        yield
    except TooManyTries as tries:
        minutes = -(-tries.wait // timedelta(minutes=1))
        raise Refusal(
            Text("Those were several codes that are not valid. Please try again in {time}.", time=Minutes(minutes))
        ) from None


def not_good(how: Text) -> Reply:
    """The reply to an invalid code; `how` says where to get another one."""
    return reply(Text("That code is not valid, or no longer."), how, anew=True)
