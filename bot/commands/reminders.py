"""/reminders: what is sent when, and how to change it."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Annotated, Literal

from bot.commands.studytimes.page import page
from bot.commands.times import times
from bot.commands.views.pauses import planned_texts
from bot.commands.views.reminders import (
    messages_a_week,
    next_messages,
    rule_text,
    rules_of,
    times_texts_of,
    usual_rules,
    when_text,
)
from bot.core.reminder import STUDY_TIME, Rule
from bot.dialogue.command import command, commands_of
from bot.dialogue.context import Context
from bot.dialogue.parameters import (
    Choice,
    ReminderKindParameter,
    SpelledParameter,
    TimeOfDay,
    TimesWish,
    Weekdays,
)
from bot.dialogue.parameters.naming_times import weekdays_text
from bot.dialogue.parameters.study_times import Open
from bot.dialogue.parameters.times_reader import NamedTime
from bot.dialogue.parameters.weekdays import WeekdaysParameter
from bot.dialogue.questions import Asked, ask
from bot.dialogue.refusal import Refusal
from bot.dialogue.reminder import schedule_of
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.section import REMINDERS
from bot.dialogue.text import Clock, Moment, Plural, Text, Typed
from bot.dialogue.text import Weekday as WeekdayText
from bot.usecases.new_reminders import add_new_kinds
from bot.usecases.set_reminder import NotOnTheseDays, set_reminder
from bot.usecases.set_study_times import mute_study_times

KindRef = Annotated[str, ReminderKindParameter()]
OnOff = Literal["on", "off"]
# note: to mute reminders, in every form that may be typed
_OFF = Text("off, mute, stop, none, never, silent, turn off, switch off")
# note: to have reminders again, in every form that may be typed
_ON = Text("on, unmute, turn on, switch on")
Switch = Annotated[
    OnOff,
    SpelledParameter(
        Text("off"),
        Text("on or off"),
        Text("On or off?"),
        {
            "off": (Text("off"), _OFF),
            "on": (Text("on"), _ON),
        },
    ),
]


@command(
    section=REMINDERS,
    examples=(
        "/reminders",
        Text("/reminders checkin friday 17:00"),
        Text("/reminders nudge monday and friday"),
        Text("/reminders off"),
    ),
    spoken=Text("reminders, my reminders"),
)
def reminders(
    ctx: Context,
    kind: KindRef | None = None,
    switch: Switch | None = None,
    weekday: Weekdays | None = None,
    at: TimeOfDay | None = None,
) -> Reply:
    """See and change what I send you, and when."""
    add_new_kinds(ctx.uow, ctx.who.id, schedule_of(ctx.reminder_kinds), ctx.now)
    every = rules_of(ctx)
    rules = usual_rules(ctx, every)
    if wish := _times_meant(every, kind, switch, weekday, at):
        return times.run(ctx, wish)
    if kind == STUDY_TIME or (kind is None and weekday is None and at is None):
        if switch:
            mute_study_times(ctx.uow, ctx.who, muted=switch == "off", now=ctx.now)
        elif kind:
            return page(ctx, asks=True)
        for rule in rules if switch and kind is None else ():
            set_reminder(ctx.uow, ctx.who, rule, switch=switch, now=ctx.now)
        return _overview(ctx)
    if switch is None and at is None and _begins_with_on(ctx):
        switch = "on"
    meant = [rule for rule in rules if rule.kind == kind] if kind else _meant(ctx, rules, switch, weekday, at)
    if len(meant) == 1 and switch is None and at is None and (weekday is None or kind is None):
        return _reminder_page(ctx, meant[0])
    for rule in meant:
        _change(ctx, rule, switch, weekday if kind or switch == "off" else None, at)
    before = meant[0]
    undo = {"kind": before.kind, "switch": "on", "weekday": _WIRE.wire(before.weekdays), "at": f"{before.at:%H:%M}"}
    return _overview(ctx, undo if len(meant) == 1 and before.due and not switch else None)


@reminders.sub(word=Text("show"), alone=True)
def show(ctx: Context) -> Reply:
    """See what I send you, and when."""
    return reminders.run(ctx)


@reminders.sub(
    word=Text("change"),
    examples=(Text("/reminders checkin friday 17:00"), Text("/reminders nudge monday and friday")),
)
def change(
    ctx: Context,
    kind: KindRef | None = None,
    switch: Switch | None = None,
    weekday: Weekdays | None = None,
    at: TimeOfDay | None = None,
) -> Reply:
    """Choose on which days a reminder comes, and at what time."""
    return reminders.run(ctx, kind, switch, weekday, at)


@reminders.sub(word=Text("off"), also=_OFF, examples=(Text("/reminders off"),))
def off(ctx: Context, kind: KindRef | None = None, weekday: Weekdays | None = None) -> Reply:
    """Mute a reminder, all of them, or those of a day."""
    return reminders.run(ctx, kind, "off", weekday)


@reminders.sub(word=Text("on"), also=_ON)
def on(
    ctx: Context, kind: KindRef | None = None, weekday: Weekdays | None = None, at: TimeOfDay | None = None
) -> Reply:
    """Have a reminder again, or all of them."""
    # “on friday at 17:00” gives a new time, so it changes the reminder as it would without “on”.
    return reminders.run(ctx, kind, "on" if at is None else None, weekday, at)


def _times_meant(
    rules: Sequence[Rule], kind: str | None, switch: str | None, weekday: tuple[int, ...] | None, at: time | None
) -> TimesWish | None:
    """What is wanted of the study times: they are named with a day or a time, or only they come on the days that are to
    be silent. None where something else is meant."""
    coming = [rule for rule in rules if weekday and {*rule.weekdays} & {*weekday}]
    alone = kind is None and switch == "off" and bool(coming) and all(rule.kind == STUDY_TIME for rule in coming)
    if not alone and not (kind == STUDY_TIME and (weekday or at) and switch != "on"):
        return None
    days = weekday or ()
    if switch == "off":
        return TimesWish("less", tuple(NamedTime(day, at) for day in days)) if days else None
    if days and at:
        return TimesWish("set", tuple(NamedTime(day, at) for day in days))
    return TimesWish("set", (), Open(days, ((at, None),) if at else ()))


_WIRE = WeekdaysParameter()
_ON_FIRST = SpelledParameter(Text("on"), Text("on or off"), Text("On or off?"), {"on": (Text("on"), Text("on"))})


def _begins_with_on(ctx: Context) -> bool:
    """Whether an answer began with “on”, which is passed over before a day as a small word."""
    return _ON_FIRST.take(ctx.request.rest.strip(), ctx) is not None


def _meant(
    ctx: Context, rules: Sequence[Rule], switch: str | None, weekday: tuple[int, ...] | None, at: time | None
) -> Sequence[Rule]:
    """The reminders of these weekdays. Asks which is meant where there are none, or several to be moved."""
    days = set(weekday or ())
    having = [rule for rule in rules if (days & {*rule.weekdays} if switch else days and days <= {*rule.weekdays})]
    wanted = [rule for rule in having if bool(rule.due) == (switch != "on")] or having
    if wanted and (switch or len(wanted) == 1):
        return wanted
    given = {"switch": switch, "at": f"{at:%H:%M}" if at else None}
    # A reminder that has this day keeps its days; another one is moved to it, unless it is to be muted on it.
    given["weekday"] = None if wanted or switch == "off" or not weekday else _WIRE.wire(weekday)
    problem = None
    if wanted:
        problem = Text("More than one comes on {days}.", days=weekdays_text(weekday or ()))
    elif weekday and not any(days & {*rule.weekdays} for rule in rules):
        problem = Text("Nothing comes on {days}.", days=weekdays_text(weekday))
    declared = commands_of(ctx)["reminders"]
    offered = [
        Choice(Text("{what}: {when}", what=ctx.reminder_kinds[rule.kind].label, when=when_text(rule)), rule.kind)
        for rule in wanted or rules
    ]
    answered = {name: value for name, value in given.items() if value}
    question = ask(declared, declared.options[0], answered, ctx, choices=offered)
    lead = (Line(problem),) if problem else ()
    raise Asked(
        reply(
            *lead,
            *question.blocks,
            buttons=list(question.buttons),
            expects=question.expects,
        )
    )


def _change(ctx: Context, rule: Rule, switch: OnOff | None, weekday: tuple[int, ...] | None, at: time | None) -> None:
    try:
        set_reminder(ctx.uow, ctx.who, rule, switch=switch, weekdays=weekday, at=at, now=ctx.now)
    except NotOnTheseDays:
        text = Text(
            "That one comes on {days}, not on {others}.",
            days=weekdays_text(rule.weekdays),
            others=weekdays_text(weekday or ()),
        )
        mute = Button(Text("Mute"), "reminders", {"kind": rule.kind, "switch": "off"})
        raise Refusal(text, buttons=((mute,),)) from None


def _overview(ctx: Context, undo: Mapping[str, str] | None = None) -> Reply:
    every, zone = rules_of(ctx), ctx.zone.key
    rules = usual_rules(ctx, every)
    lines = [*(rule_text(ctx, rule, every) for rule in rules), *times_texts_of(every)]
    blocks: list[Block] = [Heading(Text("Your reminders")), Bullets(tuple(lines))]
    active = messages_a_week(ctx, every)
    usual = sum(kind.usual for kind in ctx.reminder_kinds.values())
    if active > usual:
        blocks.append(
            Line(
                Plural(
                    "That is up to {n} message a week, because you asked for it; the usual is {usual}.",
                    "That is up to {n} messages a week, because you asked for it; the usual is {usual}.",
                    n=active,
                    usual=usual,
                )
            )
        )
    if ctx.study.commitments.idle(ctx.today) == "pause":
        blocks.append(Line(Text("You are on pause: none of them comes until you are back.")))
    blocks += map(Line, planned_texts(ctx))
    ahead = tuple(
        Text("{moment}: {what}", moment=Moment(due, zone), what=content) for due, content in next_messages(ctx, every)
    )
    if ahead:
        blocks += [Line(Text("Next:")), Bullets(ahead)]
    elif active and ctx.study.position.finished:
        blocks.append(Line(Text("The roadmap is done, so none of them comes any more.")))
    last = ctx.uow.deliveries.last_sent(ctx.who.id)
    if last and last.settled_at and (kind := ctx.reminder_kinds.get(last.kind)):
        blocks.append(Line(Text("Last: {moment}, {what}", moment=Moment(last.settled_at, zone), what=kind.about)))
    switch = (
        Button(Text("Mute all"), "reminders", {"switch": "off"})
        if active
        else Button(Text("Unmute all"), "reminders", {"switch": "on"})
    )
    labels = [(rule.kind, ctx.reminder_kinds[rule.kind].label) for rule in rules]
    changes = tuple(Button(Text("Change: {what}", what=label), "reminders", {"kind": kind}) for kind, label in labels)
    changes = (*changes, Button(Text("Study times"), "times"))
    undo_button = (Button(Text("Undo"), "reminders", undo),) if undo else ()
    return reply(*blocks, buttons=(changes, (*undo_button, switch)))


def _reminder_page(ctx: Context, rule: Rule) -> Reply:
    def to(label: Text, **change: str) -> Button:
        return Button(label, "reminders", {"kind": rule.kind, **change})

    days = tuple(to(Text("{weekday}", weekday=WeekdayText(n)), weekday=_WIRE.wire((n,))) for n in range(7))
    several = tuple(to(weekdays_text(some), weekday=_WIRE.wire(some)) for some in (tuple(range(5)), tuple(range(7))))
    hours = tuple(to(Text("{time}", time=Clock(time(hour))), at=f"{hour:02}:00") for hour in (7, 9, 12, 18, 20))
    switch = to(Text("Unmute"), switch="on") if rule.due is None else to(Text("Mute"), switch="off")
    return reply(
        rule_text(ctx, rule, rules_of(ctx)),
        Text(
            "Choose, or type for example {example}.",
            example=Typed(Text("/reminders {kind} friday 17:30", kind=rule.kind)),
        ),
        buttons=(days, several, hours, switch),
        expects=Expects("reminders", "weekday", {"kind": rule.kind}),
    )
