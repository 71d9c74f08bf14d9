"""Remind somebody who is coming that a study session begins soon."""

from bot.commands.sessions.views import about, ends_clock, with_group
from bot.core.ids import SessionId
from bot.core.reminder import all_muted
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Clock, Text


@command(scheduled=True)
def sessionsoon(ctx: Context, session: Number, moves: Number) -> Reply:
    """Be reminded of a study session."""
    coming = ctx.uow.sessions.get(SessionId(session)) if ctx.request.occasion else None
    if coming is None or coming.moves != moves or coming.over(ctx.now) or coming.begun(ctx.now):
        raise NothingToSend("it is off, was moved or has begun")
    group = ctx.uow.groups.get(coming.group)
    if group is None or ctx.uow.groups.member(group.id, ctx.who.id) is None:
        raise NothingToSend("not in the group any more")
    if ctx.who.id not in ctx.uow.sessions.coming(coming.id):
        raise NothingToSend("not coming any more")
    if all_muted(ctx.uow.reminders.rules(ctx.who.id)):
        raise NothingToSend("reminders are off")
    return reply(
        Text(
            "{session}: from {begins} to {ends}.",
            session=with_group(coming, group),
            begins=Clock(coming.starts_at.astimezone(ctx.zone).time()),
            ends=ends_clock(coming, ctx.zone),
        ),
        buttons=(
            (
                Button(Text("I'm here"), "session.here", about(coming)),
                Button(Text("I can't"), "session.out", about(coming)),
            ),
        ),
    )
