"""One-time codes that invite: one for a person, another for a chat. Each is good for whoever enters it first."""

from datetime import timedelta

from bot.commands.groups.joining import join
from bot.commands.groups.placing import enter_place
from bot.commands.groups.which import decides, organises
from bot.core.code import HOLDS, Code, Kind
from bot.core.group import Group, Shown
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Moment, Text, Typed


def invite(ctx: Context, group: Group) -> Reply:
    """A new code for one person, for an organiser's eyes."""
    decides(ctx, group)
    return reply(
        Heading(Text("An invitation to {group}", group=group.title)),
        *_code(ctx, group, "group", Text("Whoever types it to me first becomes a member.")),
        buttons=(
            (
                Button(Text("Another code"), "group", {"change": "invite", "of": str(group.id)}),
                Button(Text("A code for a chat"), "group", {"change": "place", "of": str(group.id)}),
            ),
        ),
    )


def place_code(ctx: Context, group: Group) -> Reply:
    """A new code for one chat, for an organiser's eyes."""
    decides(ctx, group)
    said = Text("Typed in a chat by who manages it, that chat may become a place of the group; I ask you first.")
    return reply(
        Heading(Text("A code for one more chat of {group}", group=group.title)),
        *_code(ctx, group, "place", said),
        Line(Text("Where you manage the chat yourself, {command} there is enough.", command=Typed("/group place"))),
        buttons=(Button(Text("Another code"), "group", {"change": "place", "of": str(group.id)}),),
    )


def _code(ctx: Context, group: Group, kind: Kind, purpose: Text) -> list[Block]:
    code = ctx.new_code()
    ctx.uow.codes.create(code, kind, ctx.who.id, group.id, ctx.now)
    until = Moment(ctx.now + HOLDS[kind], ctx.zone.key)
    return [
        Line(Text("{command}", command=Typed(Text("/group join {code}", code=code)))),
        Line(purpose),
        Line(Text("It works once, until {moment}.", moment=until)),
    ]


def enter(ctx: Context, code: str, shown: Shown | None, name: str | None) -> Reply:
    """Do what a code is for, where it is good for who enters it."""
    place = None if ctx.request.pressed else ctx.request.place
    check_tries(ctx)
    found = ctx.uow.codes.find(code, ctx.now)
    group = ctx.uow.groups.get(found.group) if found and found.group else None
    if found is None or group is None or not _good(ctx, found, group):
        return not_good(
            ctx, code, Text("An organiser can make a new one with {command}.", command=Typed("/group invite"))
        )
    own = organises(ctx, group) and ctx.who.id == found.learner
    if place and (found.kind == "place" or (own and found.kind == "group")):
        return enter_place(ctx, found, group, own=own)
    if found.kind == "place":
        raise Refusal(Text("This code is for a chat: who manages the chat types it there."))
    if found.kind == "group":
        ctx.study  # noqa: B018 - refuses who has no roadmap yet, before the code is theirs
        if found.entry is None:
            ctx.uow.codes.enter(found, ctx.request.account, None, ctx.now)
    return join(ctx, group, shown, name, (code, found))


def check_tries(ctx: Context) -> None:
    """Refuse who has entered too many codes that are not good."""
    wait = ctx.uow.codes.blocked_for(ctx.request.account, ctx.request.place, ctx.now)
    if wait is not None:
        minutes = -(-wait // timedelta(minutes=1))
        raise Refusal(
            Text("Those were several codes that are not good. Please try again in {time}.", time=Minutes(minutes))
        )


def not_good(ctx: Context, code: str, how: Text) -> Reply:
    """The answer to a code that is not good, which is counted; `how` says where to get a better one."""
    ctx.uow.codes.record_failure(code, ctx.request.account, ctx.request.place, ctx.now)
    return reply(Text("That code is not good, or not any more."), how)


def entered_by_another(ctx: Context, code: Code) -> bool:
    """Whether somebody else has entered a code before."""
    if code.entry is None:
        return False
    mine = ctx.uow.learners.accounts(ctx.learner.id) if ctx.learner else (ctx.request.account,)
    entered = code.entry.account
    return all((entered.platform, entered.external_id) != (one.platform, one.external_id) for one in mine)


def _good(ctx: Context, code: Code, group: Group) -> bool:
    """Whether a code is good for who enters it: whoever made it must organise the group still."""
    if code.kind == "way":
        return ctx.learner is not None and ctx.learner.id == code.learner
    maker = ctx.uow.groups.member(group.id, code.learner)
    return (
        code.kind in {"group", "place"}
        and maker is not None
        and maker.role == "organiser"
        and not entered_by_another(ctx, code)
    )
