"""Setting a group up: what it follows, when the bot writes to it, and in which time zone."""

from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from bot.commands.groups.which import asker_of, organises, worded_rights
from bot.commands.views.group import group_week
from bot.core.calendar import local_date
from bot.core.group import NO_EVENT, Group
from bot.core.name import clean
from bot.core.name import shown as visible
from bot.core.reminder import Rule
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Buttons, Expects, Fields, Heading, Line, Reply, reply
from bot.dialogue.text import Clock, Day, Plural, Text, Typed, words
from bot.dialogue.text import Weekday as WeekdayText
from bot.usecases.create_group import create_group, create_group_in_chat
from bot.usecases.group_rights import NotManager, NotOrganiser
from bot.usecases.note_chats import try_places_again
from bot.usecases.reschedule_group import KindUnclear, reschedule_group
from bot.usecases.settle_group import Defaults, Hour
from bot.usecases.silence_group import NotSetUp, silence_group
from bot.usecases.speak_again import speak_again
from bot.usecases.switch_board import switch_board
from bot.usecases.web_addresses import board_page

NAMES: dict[str, Text] = {"announcement": Text("week"), "checkin": Text("check-in")}
_TITLES: dict[str, Text] = {"announcement": Text("Week"), "checkin": Text("Check-in")}


def create(ctx: Context, title: str | None, zone: ZoneInfo | None) -> Reply:
    """Create the group of this chat, or in private a group that has no chat yet."""
    place = ctx.request.place
    if place is None:
        ctx.study  # noqa: B018 - refuses who has no roadmap yet
        title = clean(title or "")
        if not title:
            return reply(
                Text("What is the group called?"),
                expects=Expects("group.create", "title"),
            )
        group = create_group(ctx.uow, asker_of(ctx), title, zone, _defaults(ctx), ctx.now)
        return shown(ctx, group, new=True)
    ctx.check_writable()
    existing = ctx.uow.groups.at(place)
    try:
        created = create_group_in_chat(ctx.uow, asker_of(ctx), place, zone, _defaults(ctx), ctx.now)
    except NotManager:
        ctx.check_organiser()
        raise
    except NotOrganiser:
        title = existing.title if existing else place.title
        raise Refusal(Text("Only organisers of {group} can do that.", group=title)) from None
    return shown(ctx, created.group, new=created.settled)


def begin_again(ctx: Context, group: Group) -> Reply:
    """Speak again in a group that was silenced, asked for from private."""
    with worded_rights(ctx, group):
        speak_again(ctx.uow, asker_of(ctx), group, _defaults(ctx), ctx.now)
    return shown(ctx, ctx.uow.groups.get(group.id) or group)


def _defaults(ctx: Context) -> Defaults:
    """The time zone, language and roadmap of the person who asks, and the usual times of weekly messages."""
    enrolled = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    roadmap = enrolled.roadmap if enrolled else next(iter(ctx.roadmaps))
    messages = {kind: Hour(usual.weekday, usual.at) for kind, usual in ctx.reminder_kinds.items() if usual.in_groups}
    return Defaults(ctx.zone, ctx.locale, roadmap, messages)


def stop(ctx: Context, group: Group) -> Reply:
    """End the weekly messages; where the group has other places, take this chat out of it instead."""
    try:
        with worded_rights(ctx, group):
            goes_on_elsewhere = silence_group(ctx.uow, asker_of(ctx), group, ctx.now)
    except NotSetUp:
        raise _not_set_up() from None
    if goes_on_elsewhere:
        return reply(
            Text("This chat no longer belongs to {group}. The group goes on elsewhere.", group=group.title),
        )
    return reply(
        Text("I send nothing here by myself any more. The board stays, and so does everybody's own plan."),
        buttons=(Button(Text("Begin again"), "group.create", {"of": str(group.id)}),),
    )


def _not_set_up() -> Refusal:
    return Refusal(Text("This chat has no study group, so there is nothing to end."))


def reschedule(
    ctx: Context, group: Group, kind: str | None, weekday: int | None, at: time | None, zone: ZoneInfo | None
) -> None:
    """Change the weekdays and local times of a group's messages, or its time zone."""
    try:
        with worded_rights(ctx, group):
            reschedule_group(
                ctx.uow,
                asker_of(ctx),
                group,
                kind=kind,
                weekday=weekday,
                at=at,
                zone=zone,
                defaults=_defaults(ctx),
                now=ctx.now,
            )
    except NotSetUp:
        raise _not_set_up() from None
    except KindUnclear:
        args = {"at": f"{at:%H:%M}"} if at else {}
        args |= {"zone": zone.key} if zone else {}
        buttons = [
            Button(label, "group", {"kind": kind_, "of": str(group.id)} | args) for kind_, label in _TITLES.items()
        ]
        raise Refusal(Text("Which message?"), buttons=buttons) from None


def shown(ctx: Context, group: Group, *, new: bool = False) -> Reply:
    """A group's overview: what it follows and when the bot writes to it."""
    rules = ctx.uow.reminders.rules_of_group(group.id)
    place = ctx.request.place
    title = Text("{chat} has a study group", chat=visible(place.title)) if place else words(group.title)
    blocks: list[Block] = [Heading(title), Fields(_facts(ctx, group, rules))]
    if new:
        changes = Text(
            "An organiser changes that with {when} or {zone}.",
            when=Typed(Text("/group checkin friday 17:00")),
            zone=Typed(Text("/group Europe/Paris")),
        )
        blocks.append(Line(changes))
    inside = place is not None or organises(ctx, group)
    of = {"of": str(group.id)}
    board = Button(Text("Board"), "leaderboard", of)
    return reply(
        *blocks,
        buttons=(
            (board, Button(Text("Join the board"), "group.join", of), Button(Text("Sessions"), "session", of)),
            *(_organisers_buttons(group, muted=all(rule.due is None for rule in rules)) if inside else ()),
            _roadmap_buttons(ctx, group, inside=inside),
        ),
    )


def _facts(ctx: Context, group: Group, rules: Sequence[Rule]) -> tuple[tuple[Text, Text], ...]:
    """A group's settings, each with its label."""
    roadmap = ctx.roadmap(group.roadmap or next(iter(ctx.roadmaps)))
    week = group_week(group, roadmap, local_date(ctx.now, group.zone))
    where = Text("Week {number} of {last}", number=week.number, last=roadmap.weeks) if week else Text("finished")
    if group.start and group.start > local_date(ctx.now, group.zone):
        where = Text("begins on {day}", day=Day(group.start))
    facts = [
        (Text("Roadmap"), words(roadmap.title)),
        (Text("Where"), where),
        (Text("Time zone"), words(group.zone.key)),
    ]
    for rule in rules:
        when = Text("{weekday} at {time}", weekday=WeekdayText(rule.weekday), time=Clock(rule.at))
        facts.append((_TITLES[rule.kind], when if rule.due else Text("muted")))
    facts.append((Text("Live board"), Text("on") if group.live else Text("off")))
    if event := ctx.uow.live_messages.last_event(group.id):
        facts.append((Text("Events in the calendar"), Text("off") if event.startswith(NO_EVENT) else Text("on")))
    if ctx.site and board_page(ctx.uow, group, ctx.site, ctx.now):
        facts.append((Text("Page of the board"), Text("on")))
    places = ctx.uow.groups.places(group.id)
    return (*facts, (Text("Meets in"), Plural("{n} chat", "{n} chats", n=len(places))))


def _organisers_buttons(group: Group, *, muted: bool) -> Buttons:
    """Buttons for organisers and managers of the chat. `muted`: the weekly messages are off."""
    of = {"of": str(group.id)}
    switch = Button(Text("Say nothing here"), "group.stop", of)
    if muted:
        switch = Button(Text("Begin again"), "group.create", of)
    board = Button(Text("No live board"), "group", {"live": "0"} | of)
    if not group.live:
        board = Button(Text("Live board"), "group", {"live": "1"} | of)
    members = Button(Text("Members"), "group.members", of)
    return ((members, Button(Text("Invite"), "group.invite", of)), (switch, board))


def try_again(ctx: Context, group: Group) -> None:
    """Try again to write to those places of the group that refused messages."""
    with worded_rights(ctx, group):
        try_places_again(ctx.uow, asker_of(ctx), group, ctx.now)


def _roadmap_buttons(ctx: Context, group: Group, *, inside: bool) -> tuple[Button, ...]:
    """Buttons to follow the group's roadmap, and for organisers to choose another."""
    enrolled = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    buttons = []
    if group.roadmap and enrolled and enrolled.roadmap != group.roadmap:
        buttons.append(Button(Text("Follow its roadmap"), "start", {"roadmap": group.roadmap}))
    if inside:
        buttons.append(Button(Text("Another roadmap"), "group.roadmap", {"of": str(group.id)}))
    return tuple(buttons)


def set_live(ctx: Context, group: Group, *, live: bool) -> None:
    """Switch the live board in the group's places on or off."""
    with worded_rights(ctx, group):
        switch_board(ctx.uow, asker_of(ctx), group, ctx.now, live=live)
