"""The message at a study time: the step that fits it."""

from datetime import date, time, timedelta

from bot.commands.views.step import fitting_step
from bot.commands.views.study_times import when_line
from bot.core.coming import Situation, nothing_while_resting
from bot.core.postponing import this_evening
from bot.core.reminder import Rule
from bot.core.study_time import asks_whether_to_keep, planned_on, studied_since, study_times_in
from bot.core.timer import MOST
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number, WireDay
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reminder import Reminder
from bot.dialogue.reply import Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Text


def _nothing_at_this_time(situation: Situation) -> str | None:
    """Why a study time is silent, or None where it is not.

    The hours of its day, or of one that was put off those since its own day, may be logged already: as much as it has,
    with the study times of the day before it.
    """
    rule, study = situation.rule, situation.study
    if rule is None or rule.due is None:
        return "the study time is not there any more, or muted"
    if resting := nothing_while_resting(situation):
        return resting
    if rule.since and situation.day < rule.since:
        return "left out this week"
    if situation.put_off:
        done, planned = studied_since(study, situation.put_off, situation.studied_on), rule.minutes
    else:
        done = study.minutes_on(situation.studied_on)
        planned = planned_on(situation.times, situation.day, rule.at)
    return "the time is logged already" if done >= planned else None


@command(
    hidden=True,
    reminder=Reminder(
        weekday=6,
        at=time(23, 59),  # of no rule: everybody chooses their own
        late_after=timedelta(hours=2),  # later than that it is another time
        about=Text("the next step at your study time"),
        label=Text("study times"),
        # note: the messages at one's own study times, in every form that may be typed
        spellings=Text("study times, study time, my study times, times, studytime"),
        nothing_to_say=_nothing_at_this_time,
        usual=False,
    ),
)
def studytime(ctx: Context, slot: Number, on: WireDay | None = None) -> Reply:
    """Hear the next step at your study time."""
    rule = next((rule for rule in study_times_in(ctx.reminder_rules) if rule.slot == slot), None)
    if rule is None:
        raise NothingToSend("the study time is not there any more")
    if (timer := ctx.uow.timers.last(ctx.who.id)) and timer.runs(ctx.now):
        raise NothingToSend("a timer is running")
    asks = on is None and asks_whether_to_keep(rule, ctx.today, ctx.study)
    step = fitting_step(ctx.study, rule.minutes)
    return reply(
        Heading(Text("Your study time: {time}", time=Minutes(rule.minutes))),
        *step.blocks,
        *([Line(_missed_text(rule))] if asks else []),
        links=step.links,
        buttons=(
            (_start(ctx, rule.minutes), Button(Text("Log {time}", time=Minutes(rule.minutes)), "log", _spent(rule))),
            _put_off(ctx, rule, on or ctx.today),
            _whether_to_keep(rule) if asks else (),
        ),
        expects=Expects("later", "when", _about(rule, on or ctx.today)),
    )


def _start(ctx: Context, minutes: int) -> Button:
    args = {"minutes": f"{min(minutes, MOST)}m", "item": ctx.study.item}
    return Button(Text("Start"), "focus", args)


def _spent(rule: Rule) -> dict[str, str]:
    return {"spent": f"{rule.minutes}m"}


def _about(rule: Rule, day: date) -> dict[str, str]:
    return {"what": "studytime", "slot": str(rule.slot), "on": day.isoformat()}


def _put_off(ctx: Context, rule: Rule, day: date) -> tuple[Button, ...]:
    """Buttons to put it off; tonight only while there is an evening left."""
    about = _about(rule, day)
    tonight = this_evening(ctx.today, ctx.zone, ctx.now)
    return (
        Button(Text("In 30 min"), "later", about | {"when": "soon"}),
        *((Button(Text("Tonight"), "later", about | {"when": "evening"}),) if tonight else ()),
        Button(Text("Tomorrow"), "later", about | {"when": "tomorrow"}),
        Button(Text("Not this week"), "later", about | {"when": "never"}),
    )


def _missed_text(rule: Rule) -> Text:
    return Text("{times} did not fit the last three times. Is another time better?", times=when_line([rule]))


def _whether_to_keep(rule: Rule) -> tuple[Button, ...]:
    slot = {"slot": str(rule.slot)}
    return (
        Button(Text("Keep"), "times", {"act": "keep"} | slot),
        Button(Text("Another time"), "times", {"act": "other"} | slot),
        Button(Text("Drop it"), "times", {"act": "drop"} | slot),
    )
