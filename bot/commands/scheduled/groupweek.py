"""A group's weekly summary: what the week is for, and how the last one was."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.commands.groups.starting import begin_button, begins_within, countdown
from bot.commands.views.group import group_week, sunday_of
from bot.commands.views.pictures import group_week_picture
from bot.core.calendar import local_date, monday_of
from bot.core.group import Group
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.facts import GroupWeekFacts
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Plural, Text
from bot.usecases.begin_group_week import begin_group_week
from roadmap.model import Part, Roadmap

_NAMED = 12
"""Names in one line; of more the rest is a number."""


@command(private=False, scheduled=True)
def groupweek(ctx: Context) -> Reply:
    """See how the group's week was, and what the next one is for."""
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    roadmap = ctx.roadmap(group.roadmap) if group and group.roadmap else None
    if group is None or roadmap is None:
        raise NothingToSend("the chat belongs to no group")
    today = local_date(ctx.now, group.zone)
    if begins_within(group, monday_of(today)) and (left := countdown(group, today)):
        return _before_the_beginning(group, roadmap, left)
    this_week = group_week(group, roadmap, today)
    if this_week is None:
        raise NothingToSend("the group is through its roadmap")
    number, week = this_week

    module = roadmap.module_of[week.steps[0][0].item]
    begin_group_week(ctx.uow, group, ctx.now)
    details = Button(Text("This module"), "groupmodule", {"roadmap": roadmap.id, "module": module.id})
    left = countdown(group, today)
    return reply(
        Heading(Text("Week {number} of {last}: {module}", number=number, last=roadmap.weeks, module=module.title)),
        Text("{time} are planned for this week; your own plan may be elsewhere.", time=Minutes(week.minutes)),
        *([left] if left else []),
        Bullets(_items(roadmap, week.steps)),
        *_summary(ctx, group, monday_of(today) - timedelta(days=7)),
        buttons=((Button(Text("My day"), "today"), details, Button(Text("Board"), "leaderboard")),),
    )


def _items(roadmap: Roadmap, steps: Iterable[tuple[Part, int]]) -> tuple[Text, ...]:
    """The items of a week with their time, in order."""
    times: dict[str, int] = {}
    for part, take in steps:
        times[part.item] = times.get(part.item, 0) + take
    return tuple(
        Text("{time} of “{item}”", time=Minutes(time), item=roadmap.items[id_].title) for id_, time in times.items()
    )


def _before_the_beginning(group: Group, roadmap: Roadmap, left: Text) -> Reply:
    """The weekly message of a group that has not begun: how long it is until then."""
    assert group.start is not None  # noqa: S101 - it is ahead
    return reply(
        Heading(Text("“{title}”", title=roadmap.title)),
        left,
        buttons=(begin_button(group, group.start),),
    )


def _summary(ctx: Context, group: Group, monday: date) -> list[Block]:
    """The week that is over, as a picture and in words: the hours of shown members together, and which of them met
    their own week."""
    together = ctx.uow.boards.together(group.id, monday, sunday_of(monday))
    if not together:
        return []
    lines = [Text("Last week you studied {time} together.", time=Minutes(together))]
    met = ctx.uow.boards.met(group.id, monday, _NAMED)
    if met.members:
        lines.append(Text("Met their week: {names}.", names=", ".join(met.names)))
    if met.members > _NAMED:
        lines.append(Plural("and {n} more", "and {n} more", n=met.members - _NAMED))
    streak = _streak(ctx, group, monday)
    if streak > 1:
        lines.append(
            Plural(
                "For {n} week in a row somebody here has met theirs.",
                "For {n} weeks in a row somebody here has met theirs.",
                n=streak,
            )
        )
    facts = GroupWeekFacts(
        group.title, monday, sunday_of(monday), together, tuple(met.names), max(0, met.members - _NAMED), streak
    )
    return [group_week_picture(facts), *(Line(line) for line in lines)]


def _streak(ctx: Context, group: Group, monday: date) -> int:
    """Weeks in a row, up to this one, in which at least one member met theirs; a year at most."""
    for weeks in range(53):
        first = monday - timedelta(days=7 * weeks)
        if not ctx.uow.boards.somebody_met(group.id, first):
            return weeks
    return 52
