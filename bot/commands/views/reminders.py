"""Reminders in words, and which of them come next."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from bot.core.calendar import DAY, local_date
from bot.core.coming import coming
from bot.core.reminder import Rule
from bot.core.study_time import study_times_in
from bot.dialogue.context import Context
from bot.dialogue.due_reminder import situation
from bot.dialogue.parameters.naming_times import days_at, listed, times_texts
from bot.dialogue.request import read_token
from bot.dialogue.text import Text

SHOWN = 3
"""Coming messages that are listed."""


def rules_of(ctx: Context) -> list[Rule]:
    """The learner's reminders and study times, as far as there still are reminders of their kind."""
    return [rule for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind in ctx.reminder_kinds]


def usual_rules(ctx: Context, rules: Sequence[Rule]) -> list[Rule]:
    """Those that are no study times: one of each kind."""
    return [rule for rule in rules if ctx.reminder_kinds[rule.kind].usual]


def messages_a_week(ctx: Context, rules: Sequence[Rule]) -> int:
    """How many messages these bring in a week at most: study times take the place of the nudge."""
    active = [rule for rule in rules if rule.due]
    if study_times_in(active):
        active = [rule for rule in active if not ctx.reminder_kinds[rule.kind].gives_way]
    return sum(len(rule.weekdays) for rule in active)


def about_text(ctx: Context, rule: Rule) -> Text:
    """What a reminder is about."""
    kind = ctx.reminder_kinds[rule.kind]
    return kind.about_several if kind.about_several and rule.further else kind.about


def when_text(rule: Rule) -> Text:
    """On which days of the week, at what time."""
    return days_at(rule.weekdays, rule.at)


def times_texts_of(rules: Sequence[Rule]) -> list[Text]:
    """A line for the study times among these, if there are any."""
    times = study_times_in(rules)
    if not times:
        return []
    when = listed(times_texts((rule.weekday, rule.at, None) for rule in times))
    if not any(rule.due for rule in times):
        return [Text("study times: muted (were {when})", when=when)]
    return [Text("{when}: the next step at your study time", when=when)]


def rule_text(ctx: Context, rule: Rule, rules: Sequence[Rule]) -> Text:
    """A reminder as one line, beside all that the learner has."""
    when = when_text(rule)
    if rule.due and ctx.reminder_kinds[rule.kind].gives_way and any(other.due for other in study_times_in(rules)):
        return Text("{what}: not while you have study times", what=ctx.reminder_kinds[rule.kind].label)
    if rule.due is None:
        return Text("{what}: muted (was {when})", what=about_text(ctx, rule), when=when)
    return Text("{when}: {what}", when=when, what=about_text(ctx, rule))


def _silent(
    ctx: Context,
    rules: Sequence[Rule],
    rule: Rule,
    day: date,
    week: date | None = None,
    put_off: date | None = None,
) -> bool:
    """Whether a reminder would have nothing to say on `day`; a postponed check-in is about `week`, a study time was put
    off from another day."""
    will_be = situation(ctx, day, rules, rule, week=week, put_off=put_off)
    return ctx.reminder_kinds[rule.kind].nothing_to_say(will_be) is not None


def next_messages(ctx: Context, rules: Sequence[Rule]) -> list[tuple[datetime, Text]]:
    """The next messages to expect, soonest first: the instant (aware UTC) and what each is about."""
    taken = ctx.uow.deliveries.occasions(ctx.who.id, ctx.today - DAY)
    ahead = coming(rules, ctx.now, taken, lambda rule, day: _silent(ctx, rules, rule, day))
    planned = [(message.due, about_text(ctx, message.rule)) for message in islice(ahead, SHOWN)]
    return sorted([*planned, *_put_off(ctx, rules)], key=lambda message: message[0])[:SHOWN]


def _put_off(ctx: Context, rules: Sequence[Rule]) -> Iterator[tuple[datetime, Text]]:
    """The learner's postponed reminders."""
    known = {(rule.kind, rule.slot): rule for rule in rules}
    for request, due in ctx.uow.deliveries.pending_one_offs(ctx.who.id):
        command, args = read_token(request) or ("", {})
        rule = known.get((command, int(args.get("slot", 0))))
        week, put_off = (date.fromisoformat(args[name]) if args.get(name) else None for name in ("week", "on"))
        if rule and not _silent(ctx, rules, rule, local_date(due, ctx.zone), week, put_off):
            yield due, about_text(ctx, rule)
