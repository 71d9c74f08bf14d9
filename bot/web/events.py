"""What a learner's calendar shows, from the same plan as `/plan`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar import DAY
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Text, words
from roadmap.schedule import DatedWeek


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
    return [*_weeks(ctx, study), *_projects(ctx, study)]


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
