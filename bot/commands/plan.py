"""/plan: the weeks to come, with dates."""

from bot.commands.views.pauses import cancel_buttons, planned_texts
from bot.commands.views.progress import balance_text, finish_text, idle_text
from bot.commands.views.study_times import active, forecast_text, study_times_of, this_week_text
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.reply import Button, Heading, Line, Reply, Table, reply
from bot.dialogue.section import PLAN
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Days, Minutes, Text
from roadmap.schedule import DatedWeek

PAGE = 8
"""Weeks shown at once."""


# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /plan
_SENTENCES = Sentences(
    Text(
        "(show/see/view/give/open/check) (me/i) (see) (my/the) (study/whole/full) plan/schedule/timetable, what "
        "(is/are/does) (my/the) plan/schedule/timetable (look) (like), whats (my/the) plan/schedule, how does "
        "(my/the) plan/schedule look (like), when will/am/do/can/would i (be) (get) "
        "(done/finish/finished/through/ready) (with) (everything/it/this/all/the) (of/whole) "
        "(it/roadmap/course/thing), (whats/what) (is/are) coming (up) (in) (the) (next/coming) weeks, what "
        "(is/are) (in) (the) (next/coming) weeks, (whats) (planned) (for) (the) next weeks, whats coming (up), "
        "when does it end, when … i … done/finish/finished/through/ready/complete …, when … end/over, "
        "how long … until/till … done/finished/finish/end/over, how long … take/takes …, what … "
        "plan/schedule look …, show … plan/schedule/timetable …, what … next week/weeks/month, what … "
        "coming weeks/week/month, how many weeks …, what/whats (comes/is) after this/that"
    )
)


@command(section=PLAN, reads=True, spoken=Text("plan, my plan"), sentences=_SENTENCES)
def plan(ctx: Context, page: Number = 1) -> Reply:
    """See your weeks with dates."""
    study, today = ctx.study, ctx.today
    weeks = [week for week in study.plan(today) if study.calendar.last_of(week.monday) >= study.start]
    pages = max(1, -(-len(weeks) // PAGE))
    page = min(max(1, page), pages)
    shown = weeks[(page - 1) * PAGE : page * PAGE]
    rows = tuple(_row(study, week) for week in shown)
    turns = [Button(Text("← Earlier"), "plan", {"page": str(page - 1)})] if page > 1 else []
    if page < pages:
        turns.append(Button(Text("Later →"), "plan", {"page": str(page + 1)}))
    paused = study.commitments.idle(today) == "pause"
    turn = Button(Text("End the pause"), "resume") if paused else Button(Text("Pause"), "pause")
    times = active(study_times_of(ctx))
    lines = [line for line in (this_week_text(ctx, times), forecast_text(ctx, times)) if line]
    return reply(
        Heading(Text("Your weeks")),
        *([Line(idle)] if (idle := idle_text(study, today)) else []),
        *([Table((Text("Week"), Text("Dates"), Text("Module"), Text("To do")), rows, numeric=3)] if rows else []),
        *planned_texts(ctx),
        Text("Plan: {balance}. Done on: {end}.", balance=balance_text(study, today), end=finish_text(study, today)),
        *lines,
        buttons=(tuple(turns), (Button(Text("Other hours a week"), "pace"), turn), cancel_buttons(ctx)),
    )


def _row(study: Study, week: DatedWeek) -> tuple[Text, ...]:
    modules = list(dict.fromkeys(study.roadmap.module_of[part.item].title for part, _ in week.steps))
    names = Text("{modules}", modules=" / ".join(modules)) if modules else Text("–")
    dates = Days(week.monday, study.calendar.last_of(week.monday))
    number = study.week_number(week.monday)
    return Text("{n}", n=number), Text("{dates}", dates=dates), names, Text("{time}", time=Minutes(week.minutes))
