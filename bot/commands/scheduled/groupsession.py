"""The message of a study session in a group's places: who is coming, then its timer, then what came of it."""

from bot.commands.sessions.views import (
    coming_buttons,
    coming_text,
    here_text,
    names_of,
    rhythm_text,
    series_text,
    there_buttons,
    when_text,
)
from bot.core.group import Group
from bot.core.ids import SessionId
from bot.core.session import EMPTY_IN_A_ROW, StudySession
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Heading, Reply, reply
from bot.dialogue.session_title import title_text
from bot.dialogue.text import Clock, Minutes, Moment, Plural, ReadersTime, Text


@command(private=False, scheduled=True)
def groupsession(ctx: Context, session: Number, live: Flag = False, new: Flag = False) -> Reply:
    """See who is coming to a study session, and what it is at."""
    shown = ctx.uow.sessions.get(SessionId(session))
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if not live or shown is None or group is None or shown.group != group.id:
        raise NothingToSend("not a session of this group")
    if new and shown.over(ctx.now):
        raise NothingToSend("it is over, and was never shown here")
    lines, buttons = _now(ctx, group, shown)
    return reply(Heading(title_text(shown)), *lines, buttons=(buttons,))


def _now(ctx: Context, group: Group, session: StudySession) -> tuple[list[Text], tuple[Button, ...]]:
    when = Text(
        "{when}, {zone} time{own}",
        when=when_text(session, group.zone),
        zone=group.zone.key,
        own=ReadersTime(session.starts_at),
    )
    if session.cancelled_at and not session.begun(session.cancelled_at):
        return [when, Text("It is off."), *_what_follows(ctx, group, session)], ()
    if session.over(ctx.now):
        return [when, _outcome(ctx, group, session), *_what_follows(ctx, group, session)], ()
    if session.runs(ctx.now):
        return [_phase_text(ctx, group, session), _who_is_here(ctx, group, session)], there_buttons(session)
    series = ctx.uow.sessions.get_series(session.series) if session.series else None
    rhythm = rhythm_text(session)
    coming = coming_text(*names_of(ctx.uow.groups.members(group.id), ctx.uow.sessions.coming(session.id)))
    more = [line for line in (series_text(series) if series else None, rhythm) if line]
    return [when, *more, coming], coming_buttons(session)


def _phase_text(ctx: Context, group: Group, session: StudySession) -> Text:
    phases = session.phases
    n, phase = next((n, phase) for n, phase in enumerate(phases) if phase.begins <= ctx.now < phase.ends)
    following = phases[n + 1] if n + 1 < len(phases) else None
    own = ReadersTime(phase.ends)
    until = Clock(phase.ends.astimezone(group.zone).time())
    if following is None:
        return Text("Study until {time}{own}; then it is over.", time=until, own=own)
    if phase.kind == "rest":
        end = Clock(following.ends.astimezone(group.zone).time())
        return Text("Rest until {time}{own}, then study until {end}.", time=until, own=own, end=end)
    return Text("Study until {time}{own}, then {rest} of rest.", time=until, own=own, rest=Minutes(session.rhythm.rest))


def _who_is_here(ctx: Context, group: Group, session: StudySession) -> Text:
    here = [presence.learner for presence in ctx.uow.sessions.presences(session.id) if presence.until is None]
    return here_text(*names_of(ctx.uow.groups.members(group.id), here))


def _outcome(ctx: Context, group: Group, session: StudySession) -> Text:
    """What was studied in it by all who were there, in one sum."""
    end = session.cancelled_at or session.ends_at
    presences = ctx.uow.sessions.presences(session.id)
    there, _ = names_of(ctx.uow.groups.members(group.id), [presence.learner for presence in presences])
    if not there:
        return Text("It is over.")
    time = Minutes(session.studied(presences, end))
    return Plural(
        "It is over. {n} was there; that is {time} of study together.",
        "It is over. {n} were there; that is {time} of study together.",
        n=there,
        time=time,
    )


def _what_follows(ctx: Context, group: Group, session: StudySession) -> list[Text]:
    """The next session of the series, or that it has ended."""
    series = ctx.uow.sessions.get_series(session.series) if session.series else None
    if series is None:
        return []
    if series.ended_at:
        why = Text("Nobody came several times in a row, so the series ends here.")
        return [why if series.empty >= EMPTY_IN_A_ROW else Text("The series ends here.")]
    coming = next((s for s in ctx.uow.sessions.ahead(group.id, ctx.now) if s.series == series.id), None)
    return [Text("The next one: {when}.", when=Moment(coming.starts_at, group.zone.key))] if coming else []
