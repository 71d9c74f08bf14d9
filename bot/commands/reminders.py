"""/reminders: what comes when, and how to change it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from heapq import merge
from itertools import islice
from typing import Annotated

from bot.commands.views.reminders import NAMES
from bot.core.reminder import Kind, Rule, after
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, TimeOfDay, Weekday
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Clock, Moment, Text, Typed
from bot.dialogue.text import Weekday as WeekdayText

KindRef = Annotated[
    Kind,
    ChoiceParameter(
        "checkin",
        Text("which reminder"),
        Text("Which reminder?"),
        {"announcement": Text("week"), "nudge": Text("nudge"), "checkin": Text("check-in")},
    ),
]
Switch = Annotated[
    str, ChoiceParameter(Text("off"), Text("on or off"), Text("On or off?"), {"off": Text("off"), "on": Text("on")})
]


@command(
    examples=("/reminders", Text("/reminders checkin friday 17:00"), Text("/reminders off")),
    spoken=Text("reminders, my reminders"),
)
def reminders(
    ctx: Context,
    kind: KindRef | None = None,
    switch: Switch | None = None,
    weekday: Weekday | None = None,
    at: TimeOfDay | None = None,
) -> Reply:
    """See and change what I send you, and when."""
    rules = ctx.store.reminders.rules(ctx.who.id)
    if kind and switch is None and weekday is None and at is None:
        return _one(ctx, next(rule for rule in rules if rule.kind == kind))
    if (weekday is not None or at is not None) and kind is None:
        kind = "checkin" if weekday in {4, 5, 6} else "announcement"
    for rule in rules:
        if kind in {None, rule.kind} and (switch or weekday is not None or at is not None):
            _change(ctx, rule, switch, weekday, at)
    return _overview(ctx)


def _change(ctx: Context, rule: Rule, switch: str | None, weekday: int | None, at: time | None) -> None:
    weekday = rule.weekday if weekday is None else weekday
    at = rule.at if at is None else at
    muted = switch == "off" or (switch is None and rule.due is None and weekday == rule.weekday and at == rule.at)
    due = None if muted else after(weekday, at, ctx.zone, ctx.now).due
    ctx.store.reminders.put(ctx.who.id, rule.kind, weekday, at, ctx.zone, due)


def _overview(ctx: Context) -> Reply:
    rules = ctx.store.reminders.rules(ctx.who.id)
    zone = ctx.zone.key
    blocks: list[Block] = [Heading(Text("Your reminders")), Bullets(tuple(_said(rule) for rule in rules))]
    if not ctx.study.commitments.on(ctx.today):
        blocks.append(Line(Text("You are on pause: none of them comes until you are back.")))
    coming = tuple(
        Text("{moment}: {what}", moment=Moment(due, zone), what=NAMES[kind])
        for due, kind in islice(_coming(ctx, rules), 3)
    )
    if coming:
        blocks += [Line(Text("Next:")), Bullets(coming)]
    last = ctx.store.deliveries.last(ctx.who.id)
    names: Mapping[str, Text] = {str(kind): name for kind, name in NAMES.items()}
    if last and last.settled_at and last.kind in names:
        blocks.append(Line(Text("Last: {moment}, {what}", moment=Moment(last.settled_at, zone), what=names[last.kind])))
    muted = all(rule.due is None for rule in rules)
    switch = (
        Button(Text("Unmute all"), "reminders", {"switch": "on"})
        if muted
        else Button(Text("Mute all"), "reminders", {"switch": "off"})
    )
    changes = tuple(
        Button(Text("Change: {what}", what=_short(rule.kind)), "reminders", {"kind": rule.kind}) for rule in rules
    )
    return reply(*blocks, buttons=(changes, switch), replaces=ctx.request.pressed)


def _one(ctx: Context, rule: Rule) -> Reply:
    def to(label: Text, **change: str) -> Button:
        return Button(label, "reminders", {"kind": rule.kind, **change})

    days = tuple(to(Text("{weekday}", weekday=WeekdayText(n)), weekday=str(WEEKDAYS[n])) for n in range(7))
    hours = tuple(to(Text("{time}", time=Clock(time(hour))), at=f"{hour:02}:00") for hour in (7, 9, 12, 18, 20))
    switch = to(Text("Unmute"), switch="on") if rule.due is None else to(Text("Mute"), switch="off")
    return reply(
        _said(rule),
        Text(
            "Choose, or type for example {example}.",
            example=Typed(Text("/reminders {kind} friday 17:30", kind=rule.kind)),
        ),
        buttons=(days, hours, switch),
        replaces=ctx.request.pressed,
    )


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _said(rule: Rule) -> Text:
    when = Text("{weekday} at {time}", weekday=WeekdayText(rule.weekday), time=Clock(rule.at))
    if rule.due is None:
        return Text("{what}: muted (was {when})", what=NAMES[rule.kind], when=when)
    return Text("{when}: {what}", when=when, what=NAMES[rule.kind])


def _short(kind: Kind) -> Text:
    return {"announcement": Text("week"), "nudge": Text("nudge"), "checkin": Text("check-in")}[kind]


def _coming(ctx: Context, rules: Sequence[Rule]) -> Iterator[tuple[datetime, Kind]]:
    return merge(*(_occasions(rule, ctx.now) for rule in rules if rule.due))


def _occasions(rule: Rule, now: datetime) -> Iterator[tuple[datetime, Kind]]:
    while True:
        now = after(rule.weekday, rule.at, rule.zone, now).due
        yield now, rule.kind
