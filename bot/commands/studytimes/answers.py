"""What the buttons about study times do."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.commands.studytimes.changing import change
from bot.commands.studytimes.page import page
from bot.commands.views.study_times import active, next_day, offers, study_times_of, when_line
from bot.core.calendar import local_date
from bot.core.reminder import Rule, after
from bot.dialogue.context import Context
from bot.dialogue.parameters import TimesWish
from bot.dialogue.parameters.times_reader import NamedTime
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Line, Reply, reply
from bot.dialogue.text import Day, Moment, Text, Typed
from bot.usecases.set_study_times import count_study_times_from, mute_study_times, note_times_asked


def _named(ctx: Context, slot: int | None) -> Rule:
    """The study time that a button is about."""
    for rule in study_times_of(ctx):
        if rule.slot == slot:
            return rule
    raise Refusal(
        Text("That study time is not there any more."), buttons=(Button(Text("Study times"), "times"),), final=True
    )


def _none(ctx: Context, _: int | None) -> Reply:
    """No thanks: never asked again."""
    note_times_asked(ctx.uow, ctx.who, ctx.now)
    return reply(
        Text("All right, I do not ask again. {times} is there whenever you like.", times=Typed("/times")),
        buttons=((Button(Text("Today"), "today"),),),
        anew=True,
    )


def _same(ctx: Context, _: int | None) -> Reply:
    """The same times this week: says when the next one is."""
    rules = active(study_times_of(ctx))
    if not rules:
        return page(ctx)
    first = min(_next(rule, ctx) for rule in rules)
    return reply(
        Text("Good. The next one is on {moment}.", moment=Moment(first, ctx.zone.key)),
        buttons=((Button(Text("Today"), "today"), Button(Text("Study times"), "times")),),
        anew=True,
    )


def _next(rule: Rule, ctx: Context) -> datetime:
    """The next instant of a study time that is not left out then."""
    occasion = after(rule.weekday, rule.at, ctx.zone, ctx.now)
    while rule.since and occasion.day < rule.since:
        occasion = after(rule.weekday, rule.at, ctx.zone, occasion.due)
    return occasion.due


def skip(ctx: Context, slot: int | None) -> Reply:
    """Leave one study time, or all of them, out of this week."""
    rules = [_named(ctx, slot)] if slot else study_times_of(ctx)
    if not rules:
        return page(ctx)
    until = ctx.weeks.next(local_date(ctx.now, ctx.zone))
    count_study_times_from(ctx.uow, ctx.who, [rule.slot for rule in rules], until)
    again = next_day(rules[0], until) if slot else until
    text = (
        Text("Not this week, then: {times} comes again from {day} on.", times=when_line(rules), day=Day(again))
        if slot
        else Text("No study times this week; they come again from {day} on.", day=Day(again))
    )
    undo_args = {"act": "unskip"} | ({"slot": str(slot)} if slot else {})
    return reply(text, buttons=((Button(Text("Undo"), "times", undo_args), Button(Text("Today"), "today")),), anew=True)


def _unskip(ctx: Context, slot: int | None) -> Reply:
    rules = [_named(ctx, slot)] if slot else study_times_of(ctx)
    count_study_times_from(ctx.uow, ctx.who, [rule.slot for rule in rules], ctx.today)
    return page(ctx, Line(Text("They come this week after all.")))


def _keep(ctx: Context, slot: int | None) -> Reply:
    """Keep a study time that was missed."""
    rule = _named(ctx, slot)
    count_study_times_from(ctx.uow, ctx.who, [rule.slot], ctx.today)
    return reply(
        Text("It stays: {times}.", times=when_line([rule])),
        buttons=((Button(Text("Today"), "today"), Button(Text("Study times"), "times")),),
        anew=True,
    )


def _other(ctx: Context, slot: int | None) -> Reply:
    """Ask for another time in place of one."""
    rule = _named(ctx, slot)
    args = {"slot": str(rule.slot)}
    return reply(
        Text("Which time instead of {times}? Type for example {example}.", times=when_line([rule]), example=_EXAMPLE),
        buttons=tuple((Button(button.label, "times", {**button.args, **args}),) for button in offers(3)),
        expects=Expects("times", "when", args),
        anew=True,
    )


_EXAMPLE = Typed(Text("wed 18:30"))


def _drop(ctx: Context, slot: int | None) -> Reply:
    rule = _named(ctx, slot)
    return change(ctx, TimesWish("less", (NamedTime(rule.weekday, rule.at),)), None)


def _switch(ctx: Context, *, muted: bool) -> Reply:
    mute_study_times(ctx.uow, ctx.who, muted=muted, now=ctx.now)
    return page(ctx)


ANSWERS: Mapping[str, Callable[[Context, int | None], Reply]] = {
    "no": _none,
    "same": _same,
    "change": lambda ctx, _: page(ctx, asks=True),
    "skip": skip,
    "unskip": _unskip,
    "keep": _keep,
    "other": _other,
    "drop": _drop,
    "mute": lambda ctx, _: _switch(ctx, muted=True),
    "unmute": lambda ctx, _: _switch(ctx, muted=False),
}
"""By the word that a button carries."""
