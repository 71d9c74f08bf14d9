"""Tell somebody who is coming that a study session was moved, or that it is off."""

from bot.commands.sessions.views import about, when_text, with_group
from bot.core.group import Group
from bot.core.ids import SessionId
from bot.core.session import StudySession
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text


@command(scheduled=True)
def sessionmoved(ctx: Context, session: Number, moves: Number) -> Reply:
    """Hear that a study session begins at another time."""
    group, moved = _theirs(ctx, session)
    if moved.moves != moves or moved.over(ctx.now) or moved.begun(ctx.now):
        raise NothingToSend("it was moved again, is off or has begun")
    return reply(
        Text(
            "{session} was moved: {when}.",
            session=with_group(moved, group),
            when=when_text(moved, ctx.zone),
        ),
        buttons=((Button(Text("I can't"), "session.out", about(moved)),),),
    )


@command(scheduled=True)
def sessionoff(ctx: Context, session: Number) -> Reply:
    """Hear that a study session is off."""
    group, off = _theirs(ctx, session)
    if off.cancelled_at is None:
        raise NothingToSend("it is not off")
    return reply(
        Text(
            "{session} is off: {when}.",
            session=with_group(off, group),
            when=when_text(off, ctx.zone),
        ),
        buttons=((Button(Text("Sessions"), "session", {"of": str(group.id)}),),),
    )


def _theirs(ctx: Context, session: int) -> tuple[Group, StudySession]:
    """The session with its group; raises `NothingToSend` for who is not coming, or not in the group."""
    changed = ctx.uow.sessions.get(SessionId(session)) if ctx.request.occasion else None
    group = ctx.uow.groups.get(changed.group) if changed else None
    if changed is None or group is None or ctx.uow.groups.member(group.id, ctx.who.id) is None:
        raise NothingToSend("not in the group any more")
    if ctx.who.id not in ctx.uow.sessions.coming(changed.id):
        raise NothingToSend("not coming any more")
    return group, changed
