"""What a learner's calendar shows, from the same plan as `/plan`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.commands.sessions.views import rhythm_text, with_group
from bot.commands.views.study_times import active, study_times_of
from bot.core.calendar import DAY, instant
from bot.core.study import Study
from bot.core.study_time import days_of
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Text, words
from roadmap.schedule import DatedWeek

AHEAD = 56
"""Days for which the learner's own study times are in it."""


@dataclass(frozen=True)
class Event:
    """One event. `id` is the same whenever the feed is read, and unique in it.

    Dates make it last whole days, up to but without `end`; aware datetimes, in the learner's zone, make it begin and
    end at these times.
    """

    id: str
    begin: date | datetime
    end: date | datetime
    title: str
    about: str = ""
    busy: bool = False
    """Whether the learner has no time for anything else then."""


def events_of(ctx: Context) -> list[Event]:
    """Everything in a learner's calendar; nothing for whoever follows no roadmap. More kinds of events belong here."""
    try:
        study = ctx.study
    except Refusal:
        return []
    return [*_weeks(ctx, study), *_projects(ctx, study), *_study_times(ctx, study), *_sessions(ctx)]


def _weeks(ctx: Context, study: Study) -> Iterator[Event]:
    """The weeks to come that have something to do, beginning with this one."""
    for week in study.plan(ctx.today):
        if week.steps:
            modules = dict.fromkeys(study.roadmap.module_of[part.item].title for part, _ in week.steps)
            title = Text(
                "Week {n}: {modules}, {time}",
                n=study.week_number(week.monday),
                modules=" / ".join(modules),
                time=Minutes(week.minutes),
            )
            id_ = f"{study.enrollment}:week:{week.monday}"
            yield Event(id_, week.monday, study.calendar.next(week.monday), ctx.say(title), _steps(ctx, study, week))


def _steps(ctx: Context, study: Study, week: DatedWeek) -> str:
    lines = (
        Text("{item}, {time}: {what}", item=study.roadmap.items[part.item].title, time=Minutes(minutes), what=part.do)
        for part, minutes in week.steps
    )
    return "\n".join(map(ctx.say, lines))


def _projects(ctx: Context, study: Study) -> Iterator[Event]:
    """The last day of the week in which each project is done, as planned."""
    due = {part.item: week for week in study.plan(ctx.today) for part, _ in week.steps}
    for id_, week in due.items():
        item = study.roadmap.items[id_]
        if item.kind == "project":
            last = study.calendar.last_of(week.monday)
            title = ctx.say(Text("Project due: {project}", project=item.title))
            about = "\n".join(ctx.say(Text("• {words}", words=words(each.text))) for each in item.done_when)
            yield Event(f"{study.enrollment}:project:{id_}", last, last + DAY, title, about)


def _study_times(ctx: Context, study: Study) -> Iterator[Event]:
    """The learner's own study times of the next weeks, on days that owe something; none of them once all is done."""
    if study.position.finished:
        return
    days = [day for n in range(AHEAD) if study.commitments.on(day := ctx.today + n * DAY)]
    title = ctx.say(Text("Study time"))
    for rule in active(study_times_of(ctx)):
        for day in days_of(rule, days):
            begin = instant(day, rule.at, rule.zone)
            id_ = f"{study.enrollment}:time:{day}:{rule.at:%H%M}"
            yield Event(id_, begin, begin + timedelta(minutes=rule.minutes), title, busy=True)


def _sessions(ctx: Context) -> Iterator[Event]:
    """The study sessions of the learner's groups; who is coming to one has no time for anything else then."""
    for group, _ in ctx.uow.groups.of(ctx.who.id):
        for session in ctx.uow.sessions.ahead(group.id, ctx.now):
            rhythm = rhythm_text(session)
            yield Event(
                f"session:{session.id}",
                session.starts_at,
                session.ends_at,
                ctx.say(with_group(session, group)),
                ctx.say(rhythm) if rhythm else "",
                busy=ctx.who.id in ctx.uow.sessions.coming(session.id),
            )
