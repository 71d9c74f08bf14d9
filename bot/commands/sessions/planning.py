"""Proposing study sessions, and the list of those to come."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.commands.groups.which import group_meant
from bot.commands.sessions.listing import listed
from bot.commands.sessions.views import coming_buttons, own_time, series_text, stop_button, when_text
from bot.commands.sessions.which import check_member_here, members_only
from bot.core.calendar import DAY, WEEK, instant, local_date
from bot.core.group import Group
from bot.core.reminder import all_muted
from bot.core.session import (
    FARTHEST,
    LONGEST,
    MOST_AHEAD,
    REMIND_BEFORE,
    SHORTEST,
    USUAL,
    Rhythm,
    Series,
    StudySession,
)
from bot.dialogue.context import Context
from bot.dialogue.parameters.lasting import Lasting, LastingParameter
from bot.dialogue.parameters.meeting import Days, DaysParameter, RhythmParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Clock, Day, Minutes, Plural, Text, Typed
from bot.usecases.leave_group import NotAMember
from bot.usecases.propose_session import (
    CannotPropose,
    LengthRefused,
    Proposal,
    RhythmRefused,
    SeriesExists,
    TimeIsOver,
    TooFarAhead,
    propose_session,
)

_SHOWN = 10
_HALF_DAY = 12


@dataclass(frozen=True)
class Asked:
    """What was said about a session; None where it was not."""

    days: Days | None = None
    at: time | None = None
    length: Lasting | None = None
    topic: str | None = None
    rhythm: Rhythm | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing was said."""
        return self == Asked()

    @property
    def day(self) -> date | None:
        """The day that was said."""
        return self.days.day if self.days else None

    @property
    def weekdays(self) -> tuple[int, ...] | None:
        """The weekdays of a series; None where it is one session."""
        return self.days.weekdays if self.days else None

    def wire(self) -> dict[str, str]:
        """The options as buttons carry them."""
        words = {
            "day": DaysParameter().wire(self.days) if self.days else None,
            "at": f"{self.at:%H:%M}" if self.at else None,
            "length": LastingParameter().wire(self.length) if self.length else None,
            "topic": self.topic,
            "rhythm": RhythmParameter().wire(self.rhythm) if self.rhythm else None,
        }
        return {name: word for name, word in words.items() if word}


def planned(ctx: Context, asked: Asked, of: int | None) -> Reply:
    """Propose a session, or list those to come where nothing was said about one."""
    group = group_meant(ctx, of, "session", **asked.wire())
    check_member_here(ctx, group)
    if asked.nothing:
        return listed(ctx, group)
    if asked.at is None:
        return _ask_time(ctx, group, asked)
    proposal = _proposal(ctx, group, asked, asked.at)
    if ctx.request.spoken:
        return _unsure(group, asked, proposal)
    try:
        session = propose_session(ctx.uow, ctx.who, group, proposal, ctx.now)
    except NotAMember:
        raise members_only(group) from None
    except CannotPropose as error:
        raise _refusal(ctx, group, asked, proposal, error) from None
    return _made(ctx, group, session)


def _unsure(group: Group, asked: Asked, proposal: Proposal) -> Reply:
    """Ask before a session that plain words may mean: they may as well tell of one that is over."""
    args = asked.wire() | {"of": str(group.id)}
    if not proposal.weekdays:
        args |= {"day": proposal.day.isoformat(), "at": f"{proposal.at:%H:%M}"}
    return reply(
        Text(
            "Shall I propose a study session to {group}: {day} at {time}?",
            group=group.title,
            day=Day(proposal.day),
            time=Clock(proposal.at),
        ),
        buttons=((Button(Text("Propose it"), "session", args, "yes"), Button(Text("Log hours"), "log", answers="no")),),
        anew=True,
    )


def _refusal(ctx: Context, group: Group, asked: Asked, proposal: Proposal, error: CannotPropose) -> Refusal:
    """Why no such session can be proposed, with what can."""
    match error:
        case TimeIsOver():
            return _past(ctx, group, asked, proposal)
        case SeriesExists(series=series):
            return _exists(ctx, group, series, proposal)
        case TooFarAhead():
            return Refusal(
                Text("That is too far ahead: a session begins within {n} days.", n=FARTHEST.days),
                Text("For every week there is {every}.", every=Typed(Text("/session every tuesday 20:00"))),
            )
        case LengthRefused():
            return Refusal(
                Text("A session lasts from {least} to {most}.", least=Minutes(SHORTEST), most=Minutes(LONGEST)),
                option="length",
            )
        case RhythmRefused():
            usual = (Rhythm(50, 10), Rhythm(25, 5))
            return Refusal(
                Text("I cannot plan a session like that; usual are 50/10 and 25/5."),
                buttons=(
                    tuple(
                        Button(
                            Text("{study}/{rest}", study=rhythm.study, rest=rhythm.rest),
                            "session",
                            _changed(group, asked, rhythm=rhythm),
                        )
                        for rhythm in usual
                    ),
                ),
            )
    return Refusal(
        Plural(
            "{group} has {n} session to come already; more would be forgotten.",
            "{group} has {n} sessions to come already; more would be forgotten.",
            n=MOST_AHEAD,
            group=group.title,
        ),
        buttons=(Button(Text("Sessions"), "session", {"of": str(group.id)}),),
    )


def _proposal(ctx: Context, group: Group, asked: Asked, at: time) -> Proposal:
    """What was said with what goes without saying: the next day on which that time is to come."""
    today = local_date(ctx.now, group.zone)
    day = today if asked.day == ctx.today else asked.day
    until = asked.length.until if asked.length else None
    weekdays = asked.weekdays
    if day is None:
        day = today if instant(today, at, group.zone) > ctx.now or weekdays else today + DAY
    if weekdays == ():
        weekdays = (day.weekday(),)
    length = asked.length.minutes if asked.length else None
    minutes = USUAL if length is None else length
    if until:
        last = day if until >= at else day + DAY
        lasts = datetime.combine(last, until) - datetime.combine(day, at)
        if not weekdays:  # the night on which the clocks change is longer or shorter
            lasts = instant(last, until, group.zone) - instant(day, at, group.zone)
        minutes = lasts // timedelta(minutes=1)
    return Proposal(day, at, minutes, asked.rhythm or Rhythm(), asked.topic, weekdays or ())


def _changed(group: Group, asked: Asked, **changes: Days | time | Rhythm) -> dict[str, str]:
    """The options of the same proposal with some of them changed."""
    return replace(asked, **changes).wire() | {"of": str(group.id)}  # type: ignore[arg-type]  # by their names


def _past(ctx: Context, group: Group, asked: Asked, proposal: Proposal) -> Refusal:
    """A refusal of a time that is over, with those that may have been meant: twelve hours later, or on a later day."""
    at = proposal.at
    meant = [(proposal.day + DAY, at), (proposal.day + WEEK, at)]
    evening = at.replace(hour=at.hour + _HALF_DAY) if at.hour < _HALF_DAY else None
    if evening and instant(proposal.day, evening, group.zone) > ctx.now:
        meant.insert(0, (proposal.day, evening))
    return Refusal(
        Text("{day} at {time} is over already ({zone}).", day=Day(proposal.day), time=Clock(at), zone=group.zone.key),
        buttons=(
            tuple(
                Button(
                    Text("{day} at {time}", day=Day(day), time=Clock(begins)),
                    "session",
                    _changed(group, asked, days=Days(day), at=begins),
                )
                for day, begins in meant
            ),
        ),
        final=True,
    )


def _exists(ctx: Context, group: Group, series: Series, proposal: Proposal) -> Refusal:
    """A refusal of a series that the group has already, with what can be done with it."""
    ahead = [session for session in ctx.uow.sessions.ahead(group.id, ctx.now) if session.series == series.id]
    join = [button for session in ahead[:1] for button in coming_buttons(session)[:1]]
    return Refusal(
        Text("{group} has that series already.", group=group.title),
        series_text(series),
        *(
            [Text("Each session lasts {time}.", time=Minutes(series.minutes))]
            if series.minutes != proposal.minutes
            else []
        ),
        buttons=((*join, Button(Text("Sessions"), "session", {"of": str(group.id)})),),
        final=True,
    )


def _ask_time(ctx: Context, group: Group, asked: Asked) -> Reply:
    day = asked.day or local_date(ctx.now, group.zone)
    hours = [time(hour) for hour in (9, 14, 18, 19, 20, 21)]
    open_hours = [at for at in hours if asked.weekdays is not None or instant(day, at, group.zone) > ctx.now][:5]
    args = asked.wire() | {"of": str(group.id)}
    return reply(
        Text("At what time does “{topic}” begin? ({zone})", topic=asked.topic, zone=group.zone.key)
        if asked.topic
        else Text("At what time does it begin? ({zone})", zone=group.zone.key),
        buttons=(
            tuple(Button(Text("{time}", time=Clock(at)), "session", args | {"at": f"{at:%H:%M}"}) for at in open_hours),
        ),
        expects=Expects("session", "at", args),
    )


def _made(ctx: Context, group: Group, session: StudySession) -> Reply:
    series = ctx.uow.sessions.get_series(session.series) if session.series else None
    return reply(
        Text(
            "Proposed to {group}: {when} ({zone}).",
            group=group.title,
            when=when_text(session, group.zone),
            zone=group.zone.key,
        ),
        *own_time(ctx, session, group.zone),
        *([series_text(series)] if series else []),
        Text("You are in."),
        *remind_text(ctx, session),
        *_without_a_place(ctx, group),
        buttons=(
            (
                Button(Text("I can't"), "session.out", {"session": str(session.id)}),
                Button(Text("Call it off"), "session.cancel", {"session": str(session.id)}),
            ),
            (stop_button(series, Text("Stop the series")),) if series else (),
        ),
        anew=True,
    )


def _without_a_place(ctx: Context, group: Group) -> list[Text]:
    if ctx.uow.groups.places(group.id):
        return []
    return [
        Text(
            "{group} has no chat yet, so nobody sees it; {place} adds one.",
            group=group.title,
            place=Typed("/group place"),
        )
    ]


def remind_text(ctx: Context, session: StudySession) -> list[Text]:
    """Whether and when somebody who is coming is reminded."""
    if session.starts_at - REMIND_BEFORE <= ctx.now:
        return []
    if all_muted(ctx.uow.reminders.rules(ctx.who.id)):
        return [Text("Your reminders are off, so I do not remind you.")]
    return [Text("I remind you {time} before it begins.", time=Minutes(REMIND_BEFORE // timedelta(minutes=1)))]
