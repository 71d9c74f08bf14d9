"""The weekly message that says what the week is for."""

from datetime import date, time, timedelta

from bot.commands.roadmap import offer_text
from bot.commands.views.length import length, length_of_links
from bot.commands.views.progress import streak_text, week_number_text
from bot.commands.views.projects import newly_open
from bot.commands.views.step import Step, credited
from bot.commands.views.study_times import same_times
from bot.commands.views.week import LONGEST, week_items
from bot.core.calendar import DAY
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reminder import Reminder
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Day, Days, Minutes, Text, Typed

MOST_IN_A_DAY = 16 * 60
"""Minutes logged on a day above which the learner is asked whether that is right."""


@command(
    hidden=True,
    reminder=Reminder(
        weekday=0,
        at=time(9),
        late_after=timedelta(days=3),  # until Thursday it still helps
        about=Text("what the week is for"),
        label=Text("week"),
        # note: the weekly message that says what the week is for, in every form that may be typed
        spellings=Text("week, the week, week's plan, weekly plan, announcement, preview"),
        in_groups="groupweek",
    ),
)
def announcement(ctx: Context) -> Reply:
    """See what the week is for."""
    study = ctx.study
    days = study.calendar.days(ctx.today)
    week = study.week(ctx.today)
    steps = study.position.coming(max(week.target - week.logged, 0)) or study.position.coming(60)
    blocks: list[Block] = [
        Heading(Text("{week}: {module}", week=week_number_text(study, ctx.today), module=study.module.title)),
        Line(Text("{days}: {time} planned.", days=Days(days[0], days[-1]), time=Minutes(week.target))),
    ]
    blocks += _long_days(study, ctx.today)
    newer = ctx.newer
    if newer and newer.version == ctx.enrollment.declined:
        newer = None
    if newer:
        blocks.append(Line(offer_text(study, newer)))
    behind = {covered.part: credited(covered) for covered in study.position.parts}
    done = newly_open(ctx, study, study.calendar.before(ctx.today), days[0])
    last, times = _last_week(study, ctx.today), same_times(ctx)
    items = Step()
    for news in ([*last, *done.blocks], last, []):
        room = LONGEST - length([*blocks, *news, *times.blocks], ctx.say)
        items = week_items(study.roadmap, steps, lambda part: behind.get(part, 0), room, ctx.say)
        shown = length([*blocks, *news, *items.blocks, *times.blocks], ctx.say)
        if shown + length_of_links(items.links, ctx.say) <= LONGEST:
            break
    return reply(
        *blocks,
        *news,
        *items.blocks,
        *times.blocks,
        links=items.links,
        buttons=(
            (Button(Text("Today"), "today"), Button(Text("This module"), "module"), Button(Text("Quiz"), "quiz")),
            times.buttons,
            done.buttons,
            (Button(Text("What changed"), "roadmap", {"act": "changes"}),) if newer else (),
        ),
    )


def _last_week(study: Study, today: date) -> list[Block]:
    """How the week before was, where it had hours."""
    last = study.whole_week(study.calendar.before(today))
    logged = Minutes(last.logged)
    if last.met:
        streak = streak_text(study, today)
        return [Line(Text("You met last week: {logged}. Streak: {streak}.", logged=logged, streak=streak))]
    return [Line(Text("Last week you studied {logged}.", logged=logged))] if last.logged else []


def _long_days(study: Study, today: date) -> list[Block]:
    """A line for each day of this week and the last that has so many hours that it may be a typing error."""
    since = study.calendar.before(today)
    days = {day: study.minutes_on(day) for day in (since + n * DAY for n in range((today - since).days + 1))}
    return [
        Line(
            Text(
                "{day} has {time}: is that right? {history} takes back what is not.",
                day=Day(day),
                time=Minutes(minutes),
                history=Typed("/history"),
            )
        )
        for day in days
        if (minutes := study.minutes_on(day)) > MOST_IN_A_DAY
    ]
