"""Reminders in words, and which of them come next."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from bot.core.calendar import DAY, local_date
from bot.core.coming import coming, nothing_to_say
from bot.core.reminder import Kind, Rule
from bot.dialogue.context import Context
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.request import read_token
from bot.dialogue.text import Clock, Text
from bot.dialogue.text import Weekday as WeekdayText

NAMES: dict[Kind, Text] = {
    "announcement": Text("what the week is for"),
    "nudge": Text("a nudge, if the week is still empty"),
    "checkin": Text("how the week went"),
}
"""What each kind of scheduled message is about."""
SHORT: dict[Kind, Text] = {"announcement": Text("week"), "nudge": Text("nudge"), "checkin": Text("check-in")}
"""The same in a word."""
SHOWN = 3
"""So many coming messages are named."""


def about_text(rule: Rule) -> Text:
    """What a reminder is about."""
    if rule.kind == "nudge" and rule.further:
        return Text("a nudge, if nothing is logged that day and the week is not met")
    return NAMES[rule.kind]


def weekdays_text(weekdays: Sequence[int]) -> Text:
    """Days of the week in words: every day, from one to another, or one by one."""
    if len(weekdays) == 7:
        return Text("every day")
    first, last = WeekdayText(weekdays[0]), WeekdayText(weekdays[-1])
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return Text("{first} to {last}", first=first, last=last)
    said = Text("{weekday}", weekday=first)
    for weekday in weekdays[1:-1]:
        said = Text("{days}, {weekday}", days=said, weekday=WeekdayText(weekday))
    return Text("{days} and {weekday}", days=said, weekday=last) if len(weekdays) > 1 else said


def when_text(rule: Rule) -> Text:
    """On which days of the week, at what time."""
    if len(rule.weekdays) == 1:
        return Text("{weekday} at {time}", weekday=WeekdayText(rule.weekday), time=Clock(rule.at))
    return Text("{days} at {time}", days=weekdays_text(rule.weekdays), time=Clock(rule.at))


def rule_text(rule: Rule) -> Text:
    """A reminder as one line."""
    when = when_text(rule)
    if rule.due is None:
        return Text("{what}: muted (was {when})", what=about_text(rule), when=when)
    return Text("{when}: {what}", when=when, what=about_text(rule))


def check_something_to_say(ctx: Context, kind: Kind, day: date, monday: date | None = None) -> None:
    """Raise `NothingToSend` where the learner's reminder of this kind (for the week of `monday`) is empty on `day`."""
    several = any(rule.further for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind == kind)
    if reason := _silent(ctx, kind, day, monday, several=several):
        raise NothingToSend(reason)


def _silent(ctx: Context, kind: Kind, day: date, monday: date | None = None, *, several: bool) -> str | None:
    return nothing_to_say(
        kind,
        ctx.study,
        day,
        several=several,
        monday=monday,
        answered=lambda monday: monday <= ctx.today and ctx.uow.checkins.of(ctx.who.id, monday) is not None,
    )


def next_messages(ctx: Context, rules: Sequence[Rule]) -> list[tuple[datetime, Text]]:
    """The next messages that will come, as things stand: when, and what about."""
    taken = ctx.uow.deliveries.occasions(ctx.who.id, ctx.today - DAY)
    ahead = coming(
        rules,
        ctx.now,
        taken,
        lambda rule, day: _silent(ctx, rule.kind, day, several=bool(rule.further)) is not None,
    )
    named = [(one.due, about_text(one.rule)) for one in islice(ahead, SHOWN)]
    return sorted([*named, *_put_off(ctx, rules)], key=lambda one: one[0])[:SHOWN]


def _put_off(ctx: Context, rules: Sequence[Rule]) -> Iterator[tuple[datetime, Text]]:
    """What the learner has put off."""
    by_kind = {str(rule.kind): rule for rule in rules}
    for request, due in ctx.uow.deliveries.waiting(ctx.who.id):
        command, args = read_token(request) or ("", {})
        rule = by_kind.get(command)
        monday = date.fromisoformat(args["week"]) if args.get("week") else None
        if rule and not _silent(ctx, rule.kind, local_date(due, ctx.zone), monday, several=bool(rule.further)):
            yield due, about_text(rule)
