"""Whether a reminder has something to say to a learner: asked ahead, and when its time has come."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.checkin import week_asked
from bot.core.coming import Situation
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
    several = any(rule.further for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind == command.name)
    if reason := reminder.nothing_to_say(situation(ctx, day, several=several, week=week)):
        raise NothingToSend(reason)


def situation(ctx: Context, day: date, *, several: bool, week: date | None = None) -> Situation:
    """What decides whether a reminder has something to say to the learner on `day`, about `week` where it is given."""
    study = ctx.study
    asked = week or week_asked(day, study.calendar)

    def answered() -> bool:
        # A week that has not begun has no answer yet.
        return asked <= ctx.today and ctx.uow.checkins.of(ctx.who.id, asked) is not None

    return Situation(study, day, asked, answered, several)
