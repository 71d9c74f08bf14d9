"""The mid-week nudge: only to those whose week is still empty, and only once."""

from datetime import timedelta

from bot.commands.views.step import SHORTEST, short_step
from bot.core.calendar import local_date, monday_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Moot
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(hidden=True)
def nudge(ctx: Context) -> Reply:
    """Hear a small first step for this week."""
    study = ctx.study
    week = study.week(ctx.today)
    if local_date(ctx.who.seen_at, ctx.zone) == ctx.today:
        raise Moot("was here today")
    if week.logged:
        raise Moot("something is logged")
    if study.position.finished:
        raise Moot("the roadmap is finished")
    if not week.target or not study.commitments.on(ctx.today):
        raise Moot("on pause")
    next_monday = monday_of(ctx.today) + timedelta(days=7)
    return reply(
        Text("The week is still young. {minutes} are a start:", minutes=Minutes(SHORTEST)),
        *short_step(study, SHORTEST),
        buttons=(
            (
                Button(Text("Log {time}", time=Minutes(SHORTEST)), "log", {"spent": f"{SHORTEST}m"}),
                Button(Text("Today"), "today"),
            ),
            (Button(Text("Not this week"), "pause", {"until": next_monday.isoformat()}),),
        ),
    )
