"""The mid-week nudge, sent where nothing is logged yet."""

from datetime import time, timedelta

from bot.commands.views.step import SHORTEST, short_step
from bot.core.coming import Situation, nothing_while_resting
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reminder import Reminder
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Minutes, Text

_LATE = 4
"""The weekday (0 is Monday) from which the nudge no longer calls the week young."""


def _nothing_to_nudge_about(situation: Situation) -> str | None:
    """Why no nudge is sent, or None where it is.

    Set to one weekday, it is for an empty week; set to several, for an empty day of a week that is not met.
    """
    study, week = situation.study, situation.study.week(situation.day)
    if situation.times:
        return "there are study times"
    if resting := nothing_while_resting(situation):
        return resting
    if not week.target:
        return "on pause"
    if week.met or (not situation.several and week.logged):
        return "something is logged"
    if situation.several and study.minutes_on(situation.day):
        return "something is logged today"
    return None


@command(
    hidden=True,
    reminder=Reminder(
        weekday=2,
        at=time(18),
        late_after=timedelta(hours=12),  # the same evening; nobody is woken by it
        about=Text("a nudge, if the week is still empty"),
        about_several=Text("a nudge, if nothing is logged that day and the week is not met"),
        label=Text("nudge"),
        # note: the message that comes if nothing was logged, in every form that may be typed
        spellings=Text("nudge, the nudge, nudges, poke, mid-week"),
        nothing_to_say=_nothing_to_nudge_about,
        gives_way=True,
    ),
)
def nudge(ctx: Context) -> Reply:
    """Hear a small first step for this week."""
    study = ctx.study
    start, step = Minutes(SHORTEST), short_step(study, SHORTEST)
    young = Text("The week is still young. {minutes} are a start:", minutes=start)
    return reply(
        young if ctx.today.weekday() < _LATE else Text("A little counts, too. {minutes} are a start:", minutes=start),
        *step.blocks,
        links=step.links,
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
