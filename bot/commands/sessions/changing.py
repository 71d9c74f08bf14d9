"""Moving study sessions, calling them off, and ending series."""

from datetime import date, datetime, time

from bot.commands.sessions.views import about, own_time, when_text, with_group
from bot.commands.sessions.which import group_of, session_meant, worded
from bot.core.calendar import instant
from bot.core.group import Group
from bot.core.session import FARTHEST, MOST_MOVES, StudySession
from bot.dialogue.context import Context
from bot.dialogue.parameters.meeting import Days
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Plural, Text
from bot.usecases.cancel_session import cancel_session, stop_series
from bot.usecases.move_session import HasBegun, MovedTooOften, move_session
from bot.usecases.propose_session import TimeIsOver, TooFarAhead
from bot.usecases.session_rights import NotTheirs, may_change


def move(ctx: Context, days: Days | None, at: time | None, id_: int | None, of: int | None) -> Reply:
    """Move a session to another day or time of day."""
    day = days.day if days else None
    args = {"day": day.isoformat()} if day else {}
    args |= {"at": f"{at:%H:%M}"} if at else {}

    def fits(session: StudySession) -> bool:
        return not session.begun(ctx.now) and may_change(ctx.uow, ctx.who, session)

    session = session_meant(ctx, id_, of, "session.move", args, fits)
    group = group_of(ctx, session)
    if day is None and at is None:
        return reply(
            Text("When shall it begin? ({zone})", zone=group.zone.key),
            expects=Expects("session.move", "at", about(session)),
        )
    with worded(ctx, session):
        try:
            moved = move_session(ctx.uow, ctx.who, session, _at_time(group, session, day, at), ctx.now)
        except HasBegun:
            raise Refusal(Text("It has begun, and cannot be moved any more."), final=True) from None
        except MovedTooOften:
            raise Refusal(
                Plural(
                    "It was moved {n} time already; call it off and propose another one.",
                    "It was moved {n} times already; call it off and propose another one.",
                    n=MOST_MOVES,
                ),
                buttons=(Button(Text("Call it off"), "session.cancel", about(session)),),
            ) from None
        except TimeIsOver:
            raise Refusal(Text("That time is over already."), option="at") from None
        except TooFarAhead:
            raise Refusal(Text("That is too far ahead: a session begins within {n} days.", n=FARTHEST.days)) from None
    return reply(
        Text(
            "Moved: {session}, {when} ({zone}).",
            session=with_group(moved, group),
            when=when_text(moved, group.zone),
            zone=group.zone.key,
        ),
        *own_time(ctx, moved, group.zone),
        Text("I tell those who are in."),
        buttons=((Button(Text("Call it off"), "session.cancel", about(session)),),),
    )


def cancel(ctx: Context, id_: int | None, of: int | None) -> Reply:
    """Call a session off; of a series only this one."""
    session = session_meant(ctx, id_, of, "session.cancel", {}, lambda s: may_change(ctx.uow, ctx.who, s))
    group = group_of(ctx, session)
    begun = session.begun(ctx.now)
    with worded(ctx, session):
        cancel_session(ctx.uow, ctx.who, session, ctx.now)
    if begun:
        return reply(Text("It is over for all. Who was there is asked whether to log their time."))
    series = ctx.uow.sessions.get_series(session.series) if session.series else None
    stop_button = Button(Text("Stop the series"), "session.stop", {"series": str(series.id)}) if series else None
    return reply(
        Text("Called off: {session}, {when}.", session=with_group(session, group), when=when_text(session, group.zone)),
        Text("I tell those who are in."),
        *([Text("The series goes on.")] if series else []),
        buttons=((stop_button,) if stop_button else (Button(Text("Sessions"), "session", {"of": str(group.id)}),),),
    )


def stop(ctx: Context, id_: int) -> Reply:
    """End a series."""
    series = ctx.uow.sessions.get_series(id_)
    if series is None or ctx.uow.groups.member(series.group, ctx.who.id) is None:
        raise Refusal(Text("That is not a group of yours."), final=True)
    try:
        ended = stop_series(ctx.uow, ctx.who, series, ctx.now)
    except NotTheirs:
        group = ctx.uow.groups.get(series.group)
        raise Refusal(
            Text("Only who proposed it, and organisers of {group}, can do that.", group=group.title if group else ""),
            final=True,
        ) from None
    return reply(
        Text("The series is ended; I tell those who were in.") if ended else Text("The series has ended already.")
    )


def _at_time(group: Group, session: StudySession, day: date | None, at: time | None) -> datetime:
    """The instant at which a session is to begin: its own day or time of day where only the other is given."""
    local = session.starts_at.astimezone(group.zone)
    return instant(day or local.date(), at or local.time(), group.zone)
