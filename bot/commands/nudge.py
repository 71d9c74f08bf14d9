"""The mid-week nudge: only to those whose week is still empty, and only once."""

from bot.commands.views.reminders import check_something_to_say
from bot.commands.views.step import SHORTEST, step_blocks
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(hidden=True)
def nudge(ctx: Context) -> Reply:
    """Hear a small first step for this week."""
    study = ctx.study
    check_something_to_say(ctx, "nudge", ctx.today)
    return reply(
        Text("The week is still young. {minutes} are a start:", minutes=Minutes(SHORTEST)),
        *step_blocks(study, SHORTEST)[:2],
        buttons=(
            (
                Button(Text("Log {time}", time=Minutes(SHORTEST)), "log", {"spent": f"{SHORTEST}m"}),
                Button(Text("Today"), "today"),
            ),
            (
                Button(Text("This evening"), "later", {"what": "nudge", "when": "evening"}),
                Button(Text("Tomorrow"), "later", {"what": "nudge", "when": "tomorrow"}),
                Button(Text("Not this week"), "pause", {"until": study.calendar.next(ctx.today).isoformat()}),
            ),
        ),
        expects=Expects("later", "when", {"what": "nudge"}),
    )
