"""/today: the one next step."""

from bot.commands.views.standing import balance_text, finish_text, week_bar
from bot.commands.views.step import minutes_today, step_blocks, step_buttons
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Available
from bot.dialogue.reply import Button, Heading, Line, Reply, reply
from bot.dialogue.text import Day, Text


@command(examples=("/today", "/today 25m"), spoken=Text("today, what now, what's next"))
def today(ctx: Context, minutes: Available | None = None) -> Reply:
    """See what to do today."""
    study = ctx.study
    if study.position.finished:
        return reply(
            Heading(Text("Everything on this roadmap is done.")),
            Text("Whatever you study now still counts for your weeks."),
            buttons=step_buttons(study, 0),
        )
    wanted = minutes or minutes_today(study, ctx.today)
    week = study.week(ctx.today)
    paused = not study.commitments.on(ctx.today)
    blocks = step_blocks(study, wanted)
    standing = Text(
        "Plan: {balance}. Done on: {end}.", balance=balance_text(study, ctx.today), end=finish_text(study, ctx.today)
    )
    extra = []
    if paused:
        back = study.commitments.returns(ctx.today)
        until = (
            Text("You are on pause until {day}; nothing is owed.", day=Day(back))
            if back
            else Text("You are on pause; nothing is owed.")
        )
        extra.append(Line(until))
    elif week.met:
        extra.append(Line(Text("This week is met. What comes now is ahead of the plan.")))
    buttons = step_buttons(study, wanted)
    return reply(
        Heading(Text("Today: {module}", module=study.module.title)),
        *blocks,
        week_bar(study, ctx.today, ctx.today),
        *extra,
        standing,
        buttons=(*buttons, Button(Text("End the pause"), "resume")) if paused else buttons,
    )
