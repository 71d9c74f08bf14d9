"""Who is in a group, as far as they want to be seen; and what organisers do about it."""

from bot.commands.groups.which import check_organises, decides, organises
from bot.core.group import Group, Member
from bot.core.name import folded
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Plural, Text

_SHOWN = 50
"""Names in one message."""


def members(ctx: Context, group: Group) -> Reply:
    """The members who are shown."""
    if ctx.uow.groups.member(group.id, ctx.who.id) is None:
        check_organises(ctx, group)
    ctx.names_others = True
    seen = sorted((m for m in ctx.uow.groups.members(group.id) if not m.hidden), key=lambda m: m.name.casefold())
    of = {"of": str(group.id)}
    if not seen:
        return reply(Text("Nobody is shown in {group} yet.", group=group.title), replaces=ctx.request.pressed)
    names = tuple(
        Text("{name}, organiser", name=m.name) if m.role == "organiser" else Text("{name}", name=m.name)
        for m in seen[:_SHOWN]
    )
    blocks: list[Block] = [Heading(Text("Members of {group}", group=group.title)), Bullets(names)]
    if len(seen) > _SHOWN:
        blocks.append(Line(Plural("and {n} more", "and {n} more", n=len(seen) - _SHOWN)))
    may = organises(ctx, group)
    remove = Button(Text("Take somebody out"), "group", {"change": "remove"} | of)
    appoint = Button(Text("Make somebody an organiser"), "group", {"change": "organiser"} | of)
    return reply(*blocks, buttons=((remove, appoint),) if may else (), replaces=ctx.request.pressed)


def remove(ctx: Context, group: Group, name: str | None, who: int | None = None) -> Reply:
    """Take a member out; an invitation lets them in again."""
    ctx.uow.groups.lock([group.id])
    decides(ctx, group)
    found = _named(ctx, group, name, who, "remove")
    if isinstance(found, Reply):
        return found
    ctx.uow.groups.leave(group.id, found.learner, ctx.now)
    ctx.uow.groups.set_role(group.id, found.learner, "put out")
    return reply(
        Text("{name} is out of {group}, and can come back with an invitation.", name=found.name, group=group.title),
        buttons=(Button(Text("Invite"), "group", {"change": "invite", "of": str(group.id)}),),
        replaces=ctx.request.pressed,
    )


def appoint(ctx: Context, group: Group, name: str | None, who: int | None = None) -> Reply:
    """One more organiser."""
    decides(ctx, group)
    found = _named(ctx, group, name, who, "organiser")
    if isinstance(found, Reply):
        return found
    ctx.uow.groups.set_role(group.id, found.learner, "organiser")
    return reply(
        Text("{name} is an organiser of {group} now.", name=found.name, group=group.title),
        replaces=ctx.request.pressed,
    )


def _named(ctx: Context, group: Group, name: str | None, who: int | None, change: str) -> Member | Reply:
    """The member of this name or number; or the question who is meant."""
    seen = [m for m in ctx.uow.groups.members(group.id) if not m.hidden and m.learner != ctx.who.id]
    args = {"change": change, "of": str(group.id)}
    if name is None and who is None:
        if not seen:
            raise Refusal(Text("Nobody else is shown in {group}.", group=group.title))
        return reply(
            Text("Who?"),
            buttons=[Button(Text("{name}", name=m.name), "group", args | {"who": str(m.learner)}) for m in seen[:10]],
            expects=Expects("group", "words", args),
            replaces=ctx.request.pressed,
        )
    wanted = folded(name or "")
    found = next((m for m in seen if (m.learner == who if who is not None else folded(m.name) == wanted)), None)
    if found is None:
        raise Refusal(
            Text("Nobody is shown as “{name}” in {group}.", name=name or "–", group=group.title),
            buttons=(Button(Text("Members"), "group", {"change": "members", "of": str(group.id)}),),
        )
    return found
