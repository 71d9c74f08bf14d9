"""The mid-week nudge: only to those whose week is still empty, and only once."""

from bot.commands.views.reminders import check_something_to_say
from bot.commands.views.step import SHORTEST, short_step
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Minutes, Text

_LATE = 4
"""From this weekday on a week is not young any more: Friday."""


@command(hidden=True)
def nudge(ctx: Context) -> Reply:
    """Hear a small first step for this week."""
    study = ctx.study
    check_something_to_say(ctx, "nudge", ctx.today)
    start = Minutes(SHORTEST)
    young = Text("The week is still young. {minutes} are a start:", minutes=start)
    return reply(
        young if ctx.today.weekday() < _LATE else Text("A little counts, too. {minutes} are a start:", minutes=start),
        *short_step(study, SHORTEST),
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
