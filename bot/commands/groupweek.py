"""What the week is for, in a group's home."""

from bot.commands.views.group import group_week
from bot.commands.views.week import week_items
from bot.core.calendar import local_date
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Moot
from bot.dialogue.reply import Button, Heading, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(private=False, hidden=True)
def groupweek(ctx: Context) -> Reply:
    """See what the group's week is for."""
    group = ctx.store.groups.at(ctx.request.place) if ctx.request.place else None
    roadmap = ctx.roadmaps.get(group.roadmap or "") if group else None
    if group is None or roadmap is None:
        raise Moot("not the home of a group")
    found = group_week(group, roadmap, local_date(ctx.now, group.zone))
    if found is None:
        raise Moot("the group is through its roadmap")
    number, week = found
    module = roadmap.module_of[week.steps[0][0].item]
    return reply(
        Heading(Text("Week {number} of {last}: {module}", number=number, last=roadmap.weeks, module=module.title)),
        Text("{time} are planned for this week; your own plan may be elsewhere.", time=Minutes(week.minutes)),
        *week_items(roadmap, week.steps),
        buttons=((Button(Text("My day"), "today"), Button(Text("Board"), "leaderboard")),),
    )
