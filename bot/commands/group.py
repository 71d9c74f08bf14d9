"""/group: a chat as the home of a study group, where the week is announced and looked back on."""

from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.commands.views.group import group_week
from bot.core.calendar import local_date
from bot.core.group import Group, Place
from bot.core.reminder import DEFAULTS, OF_GROUPS, Kind, after
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, TimeOfDay, Timezone, Weekday
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Fields, Heading, Line, Reply, reply
from bot.dialogue.text import Clock, Text, Typed, words
from bot.dialogue.text import Weekday as WeekdayText

Change = Annotated[
    str,
    ChoiceParameter(
        Text("create"),
        Text("make this chat the group's home, or end that"),
        Text("Make this chat the group's home, or end that?"),
        {"create": Text("create"), "stop": Text("stop")},
    ),
]
NAMES: dict[Kind, Text] = {"announcement": Text("week"), "checkin": Text("check-in")}
KindRef = Annotated[
    Kind, ChoiceParameter("checkin", Text("which message"), Text("Which message?"), {k: NAMES[k] for k in OF_GROUPS})
]


@command(
    private=False,
    examples=("/group", Text("/group create"), Text("/group checkin friday 17:00"), Text("/group Europe/Paris")),
)
def group(
    ctx: Context,
    change: Change | None = None,
    kind: KindRef | None = None,
    weekday: Weekday | None = None,
    at: TimeOfDay | None = None,
    zone: Timezone | None = None,
) -> Reply:
    """Make this chat the home of a study group, and say when I speak here."""
    place = ctx.request.place
    if place is None:
        raise Refusal(Text("A group has its home where it talks: ask for {command} there.", command=Typed("/group")))
    found = ctx.store.groups.at(place)
    if change == "create":
        ctx.check_organiser()
        return _shown(ctx, place, _create(ctx, place, found, zone), new=True)
    if found is None or found.roadmap is None:
        return _none_yet(change)
    if change == "stop" or zone or weekday is not None or at is not None:
        ctx.check_organiser()
    if change == "stop":
        return _stop(ctx, found)
    _reschedule(ctx, found, kind, weekday, at, zone)
    return _shown(ctx, place, ctx.store.groups.at(place) or found)


def _create(ctx: Context, place: Place, found: Group | None, zone: ZoneInfo | None) -> Group:
    home = zone or (found.zone if found and found.roadmap else ctx.zone)
    made = found or ctx.store.groups.found(place, home, ctx.now)
    enrolled = ctx.store.enrollments.current(ctx.learner.id) if ctx.learner else None
    roadmap = made.roadmap or (enrolled.roadmap if enrolled else next(iter(ctx.roadmaps)))
    start = made.start or local_date(ctx.now, home)
    ctx.store.groups.settle(made.id, zone=home, locale=made.locale or ctx.locale, roadmap=roadmap, start=start)
    rules = {rule.kind: (rule.weekday, rule.at) for rule in ctx.store.reminders.rules_of(made.id)}
    for kind in OF_GROUPS:
        day, hour = rules.get(kind, DEFAULTS[kind])
        ctx.store.reminders.put_for(made.id, kind, day, hour, home, after(day, hour, home, ctx.now).due)
    return ctx.store.groups.at(place) or made


def _stop(ctx: Context, found: Group) -> Reply:
    for rule in ctx.store.reminders.rules_of(found.id):
        ctx.store.reminders.put_for(found.id, rule.kind, rule.weekday, rule.at, rule.zone, None)
    return reply(
        Text("I say nothing of my own accord here any more. The board stays, and so does everybody's own plan."),
        buttons=(Button(Text("Begin again"), "group", {"change": "create"}),),
        replaces=ctx.request.pressed,
    )


def _reschedule(
    ctx: Context, found: Group, kind: Kind | None, weekday: int | None, at: time | None, zone: ZoneInfo | None
) -> None:
    if zone is None and weekday is None and at is None:
        return
    home = zone or found.zone
    assert found.roadmap is not None  # noqa: S101 - only homes are rescheduled
    assert found.start is not None  # noqa: S101
    ctx.store.groups.settle(
        found.id, zone=home, locale=found.locale or ctx.locale, roadmap=found.roadmap, start=found.start
    )
    if (weekday is not None or at is not None) and kind is None:
        kind = "checkin" if weekday in {4, 5, 6} else "announcement"
    for rule in ctx.store.reminders.rules_of(found.id):
        day, hour, due = rule.weekday, rule.at, rule.due
        if rule.kind == kind:
            day, hour = day if weekday is None else weekday, at or hour
        if rule.kind == kind or rule.due:
            due = after(day, hour, home, ctx.now).due
        ctx.store.reminders.put_for(found.id, rule.kind, day, hour, home, due)


def _none_yet(change: str | None) -> Reply:
    if change == "stop":
        raise Refusal(Text("This chat is no group's home, so there is nothing to end."))
    return reply(
        Text("This chat is no group's home yet. With one, I say here every Monday what the week is for."),
        Text("An organiser makes it one; nobody's hours are shown unless they say yes to the board."),
        buttons=(Button(Text("Make it the home"), "group", {"change": "create"}),),
    )


def _shown(ctx: Context, place: Place, home: Group, *, new: bool = False) -> Reply:
    rules = ctx.store.reminders.rules_of(home.id)
    roadmap = ctx.roadmaps[home.roadmap or next(iter(ctx.roadmaps))]
    found = group_week(home, roadmap, local_date(ctx.now, home.zone))
    week = Text("Week {number} of {last}", number=found[0], last=roadmap.weeks) if found else Text("finished")
    rows = [(Text("Roadmap"), words(roadmap.title)), (Text("Where"), week), (Text("Time zone"), words(home.zone.key))]
    for rule in rules:
        when = Text("{weekday} at {time}", weekday=WeekdayText(rule.weekday), time=Clock(rule.at))
        rows.append((NAMES[rule.kind], when if rule.due else Text("muted")))
    blocks: list[Block] = [
        Heading(Text("{group} is the home of a study group", group=place.title)),
        Fields(tuple(rows)),
    ]
    if new:
        blocks.append(
            Line(
                Text(
                    "An organiser changes that with {when} or {zone}.",
                    when=Typed(Text("/group checkin friday 17:00")),
                    zone=Typed(Text("/group Europe/Paris")),
                )
            )
        )
    muted = all(rule.due is None for rule in rules)
    switch = (
        Button(Text("Begin again"), "group", {"change": "create"})
        if muted
        else Button(Text("Say nothing here"), "group", {"change": "stop"})
    )
    return reply(
        *blocks,
        buttons=(
            (Button(Text("Board"), "leaderboard"), Button(Text("Join the board"), "leaderboard", {"change": "join"})),
            switch,
        ),
        replaces=ctx.request.pressed,
    )
