"""Reminders in words, and which of them come next."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from bot.core.calendar import DAY, local_date
from bot.core.coming import coming
from bot.core.reminder import Rule
from bot.dialogue.context import Context
from bot.dialogue.due_reminder import situation
from bot.dialogue.request import read_token
from bot.dialogue.text import Clock, Text
from bot.dialogue.text import Weekday as WeekdayText

SHOWN = 3
"""Coming messages that are listed."""


def rules_of(ctx: Context) -> list[Rule]:
    """The learner's reminders, as far as there still are reminders of their kind."""
    return [rule for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind in ctx.reminder_kinds]


def about_text(ctx: Context, rule: Rule) -> Text:
    """What a reminder is about."""
    kind = ctx.reminder_kinds[rule.kind]
    return kind.about_several if kind.about_several and rule.further else kind.about


def weekdays_text(weekdays: Sequence[int]) -> Text:
    """Days of the week in words: every day, from one to another, or one by one."""
    if len(weekdays) == 7:
        return Text("every day")
    first, last = WeekdayText(weekdays[0]), WeekdayText(weekdays[-1])
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return Text("{first} to {last}", first=first, last=last)
    listed = Text("{weekday}", weekday=first)
    for weekday in weekdays[1:-1]:
        listed = Text("{days}, {weekday}", days=listed, weekday=WeekdayText(weekday))
    return Text("{days} and {weekday}", days=listed, weekday=last) if len(weekdays) > 1 else listed


def when_text(rule: Rule) -> Text:
    """On which days of the week, at what time."""
    if len(rule.weekdays) == 1:
        return Text("{weekday} at {time}", weekday=WeekdayText(rule.weekday), time=Clock(rule.at))
    return Text("{days} at {time}", days=weekdays_text(rule.weekdays), time=Clock(rule.at))


def rule_text(ctx: Context, rule: Rule) -> Text:
    """A reminder as one line."""
    when = when_text(rule)
    if rule.due is None:
        return Text("{what}: muted (was {when})", what=about_text(ctx, rule), when=when)
    return Text("{when}: {what}", when=when, what=about_text(ctx, rule))


def _silent(ctx: Context, rule: Rule, day: date, week: date | None = None) -> bool:
    """Whether a reminder would have nothing to say on `day`; a postponed check-in is about `week`."""
    will_be = situation(ctx, day, several=bool(rule.further), week=week)
    return ctx.reminder_kinds[rule.kind].nothing_to_say(will_be) is not None


def next_messages(ctx: Context, rules: Sequence[Rule]) -> list[tuple[datetime, Text]]:
    """The next messages to expect, soonest first: the instant (aware UTC) and what each is about."""
    taken = ctx.uow.deliveries.occasions(ctx.who.id, ctx.today - DAY)
    ahead = coming(rules, ctx.now, taken, lambda rule, day: _silent(ctx, rule, day))
    planned = [(message.due, about_text(ctx, message.rule)) for message in islice(ahead, SHOWN)]
    return sorted([*planned, *_put_off(ctx, rules)], key=lambda message: message[0])[:SHOWN]


def _put_off(ctx: Context, rules: Sequence[Rule]) -> Iterator[tuple[datetime, Text]]:
    """The learner's postponed reminders."""
    by_kind = {rule.kind: rule for rule in rules}
    for request, due in ctx.uow.deliveries.pending_one_offs(ctx.who.id):
        command, args = read_token(request) or ("", {})
        rule = by_kind.get(command)
        week = date.fromisoformat(args["week"]) if args.get("week") else None
        if rule and not _silent(ctx, rule, local_date(due, ctx.zone), week):
            yield due, about_text(ctx, rule)
