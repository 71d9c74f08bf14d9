"""What the week is for: the weekly message, on its day."""

from datetime import date

from bot.commands.roadmap import offer_text
from bot.commands.views.reminders import check_something_to_say
from bot.commands.views.standing import finish_text, streak_text, week_number_text
from bot.commands.views.week import week_items
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Day, Minutes, Text, Typed

MOST_IN_A_DAY = 16 * 60
"""Minutes; of a day with more the learner is asked whether that is right."""


@command(hidden=True)
def announcement(ctx: Context) -> Reply:
    """See what the week is for."""
    study = ctx.study
    check_something_to_say(ctx, "announcement", ctx.today)
    week = study.week(ctx.today)
    steps = study.position.coming(max(week.target - week.logged, 0)) or study.position.coming(60)
    blocks: list[Block] = [
        Heading(Text("{week}: {module}", week=week_number_text(study, ctx.today), module=study.module.title)),
        Line(
            Text(
                "{time} are planned for this week. Done on: {end}.",
                time=Minutes(week.target),
                end=finish_text(study, ctx.today),
            )
        ),
    ]
    last = study.whole_week(study.calendar.before(ctx.today))
    if last.met:
        streak = streak_text(study, ctx.today)
        blocks.append(
            Line(Text("You met last week: {logged}. Streak: {streak}.", logged=Minutes(last.logged), streak=streak))
        )
    elif last.logged:
        blocks.append(Line(Text("Last week you studied {logged}.", logged=Minutes(last.logged))))
    blocks += _long_days(study, ctx.today)
    newer = ctx.newer
    if newer and newer.version == ctx.enrollment.declined:
        newer = None
    if newer:
        blocks.append(Line(offer_text(study, newer)))
    items = study.roadmap.items.values()
    begun = frozenset(item.id for item in items if study.position.left_of(item.id) != item.minutes)
    blocks += week_items(study.roadmap, steps, begun)
    return reply(
        *blocks,
        buttons=(
            (Button(Text("Today"), "today"), Button(Text("This module"), "module"), Button(Text("Quiz"), "quiz")),
            (Button(Text("What changed"), "roadmap", {"act": "changes"}),) if newer else (),
        ),
    )


def _long_days(study: Study, today: date) -> list[Block]:
    """Days of this week and the last that have so many hours that it may be a slip of the pen. Only the learner hears
    of them."""
    since = study.calendar.before(today)
    days: dict[date, int] = {}
    for entry in study.entries:
        if since <= entry.day <= today:
            days[entry.day] = days.get(entry.day, 0) + entry.minutes
    return [
        Line(
            Text("{day} has {time}: is that right? {history} takes back what is not.",
                 day=Day(day), time=Minutes(minutes), history=Typed("/history"))
        )
        for day, minutes in sorted(days.items())
        if minutes > MOST_IN_A_DAY
    ]  # fmt: skip
