"""Coming to a study session, being there, and leaving it."""

from bot.commands.sessions.planning import remind_text
from bot.commands.sessions.views import about, own_time, when_text, with_group
from bot.commands.sessions.which import group_of, session_of, worded
from bot.core.session import StudySession
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Clock, Minutes, Text
from bot.usecases import be_at_session
from bot.usecases.attend_session import attend_session
from bot.usecases.attend_session import stay_away as note_absence


def come(ctx: Context, id_: int) -> Reply:
    """Note that the learner is coming; to a session that has begun they come at once."""
    session = session_of(ctx, id_)
    if session.runs(ctx.now):
        return arrive(ctx, id_)
    group = group_of(ctx, session)
    with worded(ctx, session):
        attend_session(ctx.uow, ctx.who, session, ctx.now)
    member = ctx.uow.groups.member(group.id, ctx.who.id)
    unnamed = [Text("You are counted there, without your name.")] if member and member.hidden else []
    return reply(
        Text(
            "You are in: {session}, {when} ({zone}).",
            session=with_group(session, group),
            when=when_text(session, group.zone),
            zone=group.zone.key,
        ),
        *own_time(ctx, session, group.zone),
        *unnamed,
        *remind_text(ctx, session),
        buttons=((Button(Text("I can't"), "session.out", about(session)),),),
    )


def stay_away(ctx: Context, id_: int) -> Reply:
    """Note that the learner is not coming."""
    session = session_of(ctx, id_)
    if session.runs(ctx.now):
        return depart(ctx, id_)
    with worded(ctx, session):
        was_coming = note_absence(ctx.uow, ctx.who, session, ctx.now)
    text = Text("You are not in any more.") if was_coming else Text("All right, without you this time.")
    return reply(text, buttons=((Button(Text("I'm in"), "session.in", about(session)),),))


def arrive(ctx: Context, id_: int) -> Reply:
    """Note that the learner is there."""
    session = session_of(ctx, id_)
    with worded(ctx, session):
        try:
            be_at_session.arrive(ctx.uow, ctx.who, session, ctx.now)
        except be_at_session.NotYet:
            return come(ctx, id_)
    return reply(
        _now_text(ctx, session),
        Text("At its end I ask whether to log your time; nothing is logged by itself."),
        buttons=((Button(Text("I'm off"), "session.off", about(session)),),),
    )


def depart(ctx: Context, id_: int) -> Reply:
    """Note that the learner is there no more."""
    session = session_of(ctx, id_)
    with worded(ctx, session):
        minutes = be_at_session.depart(ctx.uow, ctx.who, session, ctx.now)
    so_far = [Text("{time} of study so far; I ask at the end whether to log them.", time=Minutes(minutes))]
    return reply(
        Text("You have left the session."),
        *(so_far if minutes else ()),
        buttons=((Button(Text("I'm here"), "session.here", about(session)),),),
    )


def log_nothing(ctx: Context) -> Reply:
    """Leave the time of a session unlogged."""
    if not ctx.request.pressed:
        raise Refusal(Text("There is nothing to leave out."))
    return reply(
        Text("Nothing is logged."), buttons=((Button(Text("Log hours"), "log"), Button(Text("Today"), "today")),)
    )


def _now_text(ctx: Context, session: StudySession) -> Text:
    phase = session.phase(ctx.now)
    if phase is None:
        begins = Clock(session.starts_at.astimezone(ctx.zone).time())
        return Text("You are here; it begins at {time}.", time=begins)
    until = Clock(phase.ends.astimezone(ctx.zone).time())
    if phase.kind == "rest":
        return Text("You are here. Rest until {time}.", time=until)
    return Text("You are here. Study until {time}.", time=until)
