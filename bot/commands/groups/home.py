"""A group's home: what it follows, when the bot speaks there, and in which zone."""

from datetime import time
from zoneinfo import ZoneInfo

from bot.commands.groups.which import appointed, check_manages, decides, left_to_managers, organises
from bot.commands.views.group import group_week
from bot.core.calendar import local_date
from bot.core.group import Group, Place
from bot.core.name import clean
from bot.core.name import shown as visible
from bot.core.reminder import after
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Expects, Fields, Heading, Line, Reply, reply
from bot.dialogue.text import Clock, Plural, Text, Typed, words
from bot.dialogue.text import Weekday as WeekdayText

NAMES: dict[str, Text] = {"announcement": Text("week"), "checkin": Text("check-in")}
_TITLES: dict[str, Text] = {"announcement": Text("Week"), "checkin": Text("Check-in")}


def create(ctx: Context, title: str | None, zone: ZoneInfo | None) -> Reply:
    """Make this chat a home, or in private a group that has none yet."""
    place = ctx.request.place
    if place:
        ctx.check_writable()
        group = _home_here(ctx, place, zone)
        if not organises(ctx, group) and not left_to_managers(ctx, group):
            return _begin_again(ctx, group)
    else:
        ctx.study  # noqa: B018 - refuses who has no roadmap yet
        title = clean(title or "")
        if not title:
            return reply(
                Text("What is the group called?"),
                expects=Expects("group", "words", {"change": "create"}),
                replaces=ctx.request.pressed,
            )
        group = ctx.uow.groups.create(title, zone or ctx.zone, ctx.now)
    home = zone or group.zone
    _settle(ctx, group, home)
    rules = {rule.kind: (rule.weekday, rule.at) for rule in ctx.uow.reminders.rules_of_group(group.id)}
    for kind, usual in ctx.reminder_kinds.items():
        if not usual.in_groups:
            continue
        day, hour = rules.get(kind, (usual.weekday, usual.at))
        ctx.uow.reminders.set_for_group(group.id, kind, day, hour, home, after(day, hour, home, ctx.now).due)
    if ctx.learner:
        appointed(ctx, group)
    return shown(ctx, ctx.uow.groups.get(group.id) or group, new=True)


def _home_here(ctx: Context, place: Place, zone: ZoneInfo | None) -> Group:
    """The group of this chat, new where there is none yet; for who manages the chat, or organises the group."""
    known = ctx.uow.groups.at(place)
    if known is None or not organises(ctx, known):
        ctx.check_organiser()
    return known or ctx.uow.groups.get_or_create(place, zone or ctx.zone, ctx.now)


def _begin_again(ctx: Context, group: Group) -> Reply:
    """A manager of the group's only chat lets the bot speak there again; for all else there are organisers."""
    rules = ctx.uow.reminders.rules_of_group(group.id)
    if len(ctx.uow.groups.places(group.id)) > 1 or any(rule.due for rule in rules):
        raise Refusal(Text("Only organisers of {group} can do that.", group=group.title))
    for rule in rules:
        due = after(rule.weekday, rule.at, rule.zone, ctx.now).due
        ctx.uow.reminders.set_for_group(group.id, rule.kind, rule.weekday, rule.at, rule.zone, due)
    return shown(ctx, group)


def stop(ctx: Context, group: Group) -> Reply:
    """Say nothing here any more; where the group has other places, only this one leaves it."""
    check_manages(ctx, group)
    place = ctx.request.place
    if group.roadmap is None:
        raise Refusal(Text("This chat is no group's home, so there is nothing to end."))
    if place and len(ctx.uow.groups.places(group.id)) > 1:
        ctx.uow.groups.assign_place(place, ctx.uow.groups.create(place.title, group.zone, ctx.now).id)
        return reply(
            Text("This chat is no longer a place of {group}. The group goes on elsewhere.", group=group.title),
            replaces=ctx.request.pressed,
        )
    for rule in ctx.uow.reminders.rules_of_group(group.id):
        ctx.uow.reminders.set_for_group(group.id, rule.kind, rule.weekday, rule.at, rule.zone, None)
    return reply(
        Text("I say nothing of my own accord here any more. The board stays, and so does everybody's own plan."),
        buttons=(Button(Text("Begin again"), "group", {"change": "create"}),),
        replaces=ctx.request.pressed,
    )


def reschedule(
    ctx: Context, group: Group, kind: str | None, weekday: int | None, at: time | None, zone: ZoneInfo | None
) -> None:
    """Other days, hours or another zone."""
    decides(ctx, group)
    if group.roadmap is None:
        raise Refusal(Text("This chat is no group's home, so there is nothing to end."))
    home = zone or group.zone
    _settle(ctx, group, home)
    if at is not None and weekday is None and kind is None:
        raise Refusal(
            Text("Which message?"),
            buttons=[
                Button(label, "group", {"kind": kind_, "at": f"{at:%H:%M}", "of": str(group.id)})
                for kind_, label in _TITLES.items()
            ],
        )
    if weekday is not None and kind is None:
        kind = "checkin" if weekday in {4, 5, 6} else "announcement"
    for rule in ctx.uow.reminders.rules_of_group(group.id):
        day, hour, due = rule.weekday, rule.at, rule.due
        if rule.kind == kind:
            day, hour = day if weekday is None else weekday, at or hour
        if rule.kind == kind or rule.due:
            due = after(day, hour, home, ctx.now).due
        ctx.uow.reminders.set_for_group(group.id, rule.kind, day, hour, home, due)


def shown(ctx: Context, group: Group, *, new: bool = False) -> Reply:
    """What a group follows and when the bot speaks to it."""
    rules = ctx.uow.reminders.rules_of_group(group.id)
    roadmap = ctx.roadmap(group.roadmap or next(iter(ctx.roadmaps)))
    found = group_week(group, roadmap, local_date(ctx.now, group.zone))
    week = Text("Week {number} of {last}", number=found[0], last=roadmap.weeks) if found else Text("finished")
    rows = [(Text("Roadmap"), words(roadmap.title)), (Text("Where"), week), (Text("Time zone"), words(group.zone.key))]
    for rule in rules:
        when = Text("{weekday} at {time}", weekday=WeekdayText(rule.weekday), time=Clock(rule.at))
        rows.append((_TITLES[rule.kind], when if rule.due else Text("muted")))
    places = ctx.uow.groups.places(group.id)
    rows.append((Text("Standing board"), Text("on") if group.live else Text("off")))
    rows.append((Text("Meets in"), Plural("{n} chat", "{n} chats", n=len(places))))
    place = ctx.request.place
    title = Text("{group} is the home of a study group", group=visible(place.title)) if place else words(group.title)
    blocks: list[Block] = [Heading(title), Fields(tuple(rows))]
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
    of = {"of": str(group.id)}
    muted = all(rule.due is None for rule in rules)
    switch = (
        Button(Text("Begin again"), "group", {"change": "create"})
        if muted
        else Button(Text("Say nothing here"), "group", {"change": "stop"} | of)
    )
    board = Button(Text("No standing board"), "group", {"live": "0"} | of)
    if not group.live:
        board = Button(Text("Standing board"), "group", {"live": "1"} | of)
    inside = place is not None or organises(ctx, group)
    return reply(
        *blocks,
        buttons=(
            (
                Button(Text("Board"), "leaderboard", of),
                Button(Text("Join the board"), "group", {"change": "join"} | of),
            ),
            (Button(Text("Members"), "group", {"change": "members"} | of),
             Button(Text("Invite"), "group", {"change": "invite"} | of)) if inside else (),
            (switch, board) if inside else (),
            _roadmap_buttons(ctx, group, inside=inside),
        ),
        replaces=ctx.request.pressed,
    )  # fmt: skip


def try_again(ctx: Context, group: Group) -> None:
    """Whatever the group's places refused is tried once more: somebody looks after it now."""
    for _, place in ctx.uow.groups.places(group.id):
        ctx.uow.places.release(place.platform, [place.external_id], ctx.now)


def _roadmap_buttons(ctx: Context, group: Group, *, inside: bool) -> tuple[Button, ...]:
    """To follow what the group follows, and for organisers to choose another."""
    enrolled = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    buttons = []
    if group.roadmap and enrolled and enrolled.roadmap != group.roadmap:
        buttons.append(Button(Text("Follow its roadmap"), "start", {"roadmap": group.roadmap}))
    if inside:
        buttons.append(Button(Text("Another roadmap"), "group", {"change": "roadmap", "of": str(group.id)}))
    return tuple(buttons)


def set_live(ctx: Context, group: Group, *, live: bool) -> None:
    """Whether a board stands in the group's places."""
    decides(ctx, group)
    ctx.uow.groups.set_live(group.id, live=live)


def _settle(ctx: Context, group: Group, zone: ZoneInfo) -> None:
    enrolled = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    roadmap = group.roadmap or (enrolled.roadmap if enrolled else next(iter(ctx.roadmaps)))
    start = group.start or local_date(ctx.now, zone)
    ctx.uow.groups.set_roadmap(group.id, zone=zone, locale=group.locale or ctx.locale, roadmap=roadmap, start=start)
