"""Whether a reminder has something to say to a learner: asked ahead, and when its time has come."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.core.calendar import DAY
from bot.core.checkin import week_asked
from bot.core.coming import Situation
from bot.core.reminder import Rule
from bot.core.study_time import study_times_in
from bot.dialogue.command import Command
from bot.dialogue.context import Context
from bot.dialogue.refusal import NothingToSend


def check_something_to_say(ctx: Context, command: Command, values: Mapping[str, Any]) -> None:
    """Raise `NothingToSend` where the reminder that this command composes has nothing to say to the learner now.

    One that was put off may have, among its values, the `week` that it is about. A command that people type is a
    reminder only when the schedule runs it.
    """
    reminder, occasion = command.reminder, ctx.request.occasion
    if reminder is None or not (command.hidden or occasion):
        return
    week: date | None = values.get("week")
    day = occasion if occasion and reminder.looks_back and not week else ctx.today
    rules = ctx.reminder_rules = ctx.uow.reminders.rules(ctx.who.id)
    slot = values.get("slot", 0)
    rule = next((rule for rule in rules if rule.kind == command.name and rule.slot == slot), None)
    if reason := reminder.nothing_to_say(situation(ctx, day, rules, rule, week=week, put_off=values.get("on"))):
        raise NothingToSend(reason)


def situation(
    ctx: Context,
    day: date,
    rules: Sequence[Rule],
    rule: Rule | None,
    *,
    week: date | None = None,
    put_off: date | None = None,
) -> Situation:
    """What decides whether a reminder has something to say to the learner on `day`, about `week` where it is given.

    `rules` are all that the learner has, `rule` is its own; `put_off` is the date from which it was put off, if it was.
    """
    study = ctx.study
    asked = week or week_asked(day, study.calendar)

    def answered() -> bool:
        # A week that has not begun has no answer yet.
        return asked <= ctx.today and ctx.uow.checkins.of(ctx.who.id, asked) is not None

    return Situation(
        study,
        day,
        asked,
        answered,
        several=bool(rule and rule.further),
        times=tuple(known for known in study_times_in(rules) if known.due),
        rule=rule,
        studied_on=_studied_on(ctx, day, rule, put_off),
        put_off=put_off,
    )


def _studied_on(ctx: Context, day: date, rule: Rule | None, put_off: date | None) -> date:
    """The date to which hours count at a reminder's time: the one before, until the learner's day begins."""
    if put_off:
        return ctx.date_at(ctx.now)
    early = rule is not None and rule.at.hour * 60 + rule.at.minute < ctx.who.day_begins
    return day - DAY if early else day
