"""The weekday on which a learner's weeks begin, a button of /settings."""

from datetime import date
from typing import Annotated

from bot.commands.views.owed import span
from bot.core.calendar import BEGINNINGS, MONDAYS, WEEK, Weeks
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, SpelledParameter
from bot.dialogue.reply import Block, Button, Line, Reply, reply
from bot.dialogue.text import Day, Plural, Text, Weekday
from bot.usecases.begin_weeks_as_usual import begin_weeks_as_usual
from bot.usecases.begin_weeks_on import begin_weeks_on

NAMES = dict(zip(BEGINNINGS, ("monday", "sunday", "saturday"), strict=True))
"""Weekdays as buttons name them."""
FirstDay = Annotated[
    str,
    SpelledParameter(
        Text("sunday"),
        Text("the first day of your week"),
        Text("On which day does your week begin? It changes after the week that runs."),
        {
            # note: the day that weeks begin on, in every form that may be typed
            "monday": (Text("Monday"), Text("monday, mondays, mon, on monday, on mondays")),
            # note: the day that weeks begin on, in every form that may be typed
            "sunday": (Text("Sunday"), Text("sunday, sundays, sun, on sunday, on sundays")),
            # note: the day that weeks begin on, in every form that may be typed
            "saturday": (Text("Saturday"), Text("saturday, saturdays, sat, on saturday, on saturdays")),
        },
    ),
]


@command(hidden=True)
def weekbegins(ctx: Context, on: FirstDay, new: Flag = False) -> Reply:
    """Say on which day your week begins."""
    before, weekday = ctx.who.weeks, next(day for day, name in NAMES.items() if name == on)
    if new and before == MONDAYS and not ctx.study.entries:
        ctx.learner = begin_weeks_as_usual(ctx.uow, ctx.who, weekday, ctx.today)
        return reply(*_begins_blocks(ctx.weeks, ctx.today), buttons=((Button(Text("Today"), "today"),),))
    ctx.learner = begin_weeks_on(ctx.uow, ctx.who, weekday, ctx.today)
    same = ctx.weeks == before
    undo = () if same else (Button(Text("Undo"), "weekbegins", {"on": NAMES[before.chosen]}),)
    return reply(
        *_begins_blocks(ctx.weeks, ctx.today),
        Line(Text("The weeks of groups and their boards run from Monday to Sunday for everybody.")),
        buttons=((*undo, Button(Text("Settings"), "settings")),),
    )


def begins_text(weeks: Weeks, today: date) -> Text:
    """The weekday on which weeks begin, and from when on where it is not in effect yet."""
    weekday = Weekday(weeks.chosen)
    if weeks.since and weeks.since[-1] > today:
        return Text("{weekday}, from {day} on", weekday=weekday, day=Day(weeks.since[-1]))
    return Text("{weekday}", weekday=weekday)


def _begins_blocks(weeks: Weeks, today: date) -> list[Block]:
    weekday = Weekday(weeks.chosen)
    if not weeks.since or weeks.since[-1] <= today:
        return [Line(Text("Your weeks begin on {weekday}.", weekday=weekday))]
    first = weeks.since[-1]
    blocks: list[Block] = [
        Line(
            Text(
                "Your weeks begin on {weekday}, from {day} on. The week that runs ends on {last}, and past weeks stay "
                "as they are.",
                weekday=weekday,
                day=Day(first),
                last=Day(weeks.last_of(today)),
            )
        )
    ]
    between = weeks.next(today)
    if between < first and first - between < WEEK:
        blocks.append(Line(_short(between, weeks.last_of(between), (first - between).days)))
    return blocks


def _short(first: date, last: date, days: int) -> Text:
    return Plural(
        "{dates} in between is a short week of {n} day: it owes a seventh. Met, it counts for your streak; not met, it "
        "breaks none.",
        "{dates} in between is a short week of {n} days: it owes a seventh for each. Met, it counts for your streak; "
        "not met, it breaks none.",
        n=days,
        dates=span(first, last),
    )
