"""The shown members of a group, and what organisers can change about them."""

from bot.commands.groups.which import asker_of, check_organises, decides, organises, worded_rights
from bot.core.group import Group, Member
from bot.core.name import folded
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Plural, Text
from bot.usecases.appoint_organiser import appoint_organiser
from bot.usecases.leave_group import NotAMember
from bot.usecases.remove_member import remove_member

_SHOWN = 50
"""Names in one message."""


def members(ctx: Context, group: Group) -> Reply:
    """List the shown members, with buttons for an organiser. Refuses a stranger."""
    if ctx.uow.groups.member(group.id, ctx.who.id) is None:
        check_organises(ctx, group)
    ctx.names_others = True
    seen = sorted((m for m in ctx.uow.groups.members(group.id) if not m.hidden), key=lambda m: m.name.casefold())
    of = {"of": str(group.id)}
    if not seen:
        return reply(Text("Nobody is shown in {group} yet.", group=group.title))
    names = tuple(
        Text("{name}, organiser", name=m.name) if m.role == "organiser" else Text("{name}", name=m.name)
        for m in seen[:_SHOWN]
    )
    blocks: list[Block] = [Heading(Text("Members of {group}", group=group.title)), Bullets(names)]
    if len(seen) > _SHOWN:
        blocks.append(Line(Plural("and {n} more", "and {n} more", n=len(seen) - _SHOWN)))
    may = organises(ctx, group)
    remove = Button(Text("Take somebody out"), "group.remove", of)
    appoint = Button(Text("Make somebody an organiser"), "group.organiser", of)
    return reply(*blocks, buttons=((remove, appoint),) if may else ())


def remove(ctx: Context, group: Group, name: str | None, who: int | None = None) -> Reply:
    """Take a member out of the group; only an invitation lets them in again."""
    decides(ctx, group)
    member = _named(ctx, group, name, who, "remove")
    if isinstance(member, Reply):
        return member
    try:
        with worded_rights(ctx, group):
            remove_member(ctx.uow, asker_of(ctx), group, member, ctx.now)
    except NotAMember:
        raise _nobody(group, member.name) from None
    return reply(
        Text("{name} is out of {group}, and can come back with an invitation.", name=member.name, group=group.title),
        buttons=(Button(Text("Invite"), "group.invite", {"of": str(group.id)}),),
    )


def appoint(ctx: Context, group: Group, name: str | None, who: int | None = None) -> Reply:
    """Make a member an organiser, too."""
    decides(ctx, group)
    member = _named(ctx, group, name, who, "organiser")
    if isinstance(member, Reply):
        return member
    with worded_rights(ctx, group):
        appoint_organiser(ctx.uow, asker_of(ctx), group, member, ctx.now)
    return reply(
        Text("{name} is an organiser of {group} now.", name=member.name, group=group.title),
    )


def _named(ctx: Context, group: Group, name: str | None, who: int | None, change: str) -> Member | Reply:
    """The member of this shown name or learner id, or the question who is meant."""
    seen = [m for m in ctx.uow.groups.members(group.id) if not m.hidden and m.learner != ctx.who.id]
    args = {"of": str(group.id)}
    if name is None and who is None:
        if not seen:
            raise Refusal(Text("Nobody else is shown in {group}.", group=group.title))
        return reply(
            Text("Who?"),
            buttons=[
                Button(Text("{name}", name=m.name), f"group.{change}", args | {"who": str(m.learner)})
                for m in seen[:10]
            ],
            expects=Expects(f"group.{change}", "name", args),
        )
    wanted = folded(name or "")
    member = next((m for m in seen if (m.learner == who if who is not None else folded(m.name) == wanted)), None)
    if member is None:
        raise _nobody(group, name)
    return member


def _nobody(group: Group, name: str | None) -> Refusal:
    return Refusal(
        Text("Nobody is shown as “{name}” in {group}.", name=name or "–", group=group.title),
        buttons=(Button(Text("Members"), "group.members", {"of": str(group.id)}),),
    )
