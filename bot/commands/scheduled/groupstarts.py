"""Tell a group's places once on which day it begins together, or that this was taken back."""

from bot.commands.groups.starting import begin_button
from bot.core.calendar import local_date
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, WireDay, WireWord
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Heading, Reply, reply
from bot.dialogue.text import Day, Minutes, Plural, Text


@command(private=False, scheduled=True)
def groupstarts(ctx: Context, day: WireDay, off: Flag = False, at: WireWord | None = None) -> Reply:  # noqa: ARG001
    """Hear on which day your group begins."""
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if group is None or group.roadmap is None or not ctx.request.occasion or (group.start == day) == off:
        raise NothingToSend("it begins on another day by now")
    if off:
        return reply(
            Text("{group} does not begin together on {day} after all.", group=group.title, day=Day(day)),
            Text("Everybody's own plan stays as it is."),
        )
    if day < local_date(ctx.now, group.zone):
        raise NothingToSend("it has begun")
    followed = ctx.roadmap(group.roadmap)
    time = Minutes(followed.minutes_per_week)
    return reply(
        Heading(Text("{group} begins on {day}", group=group.title, day=Day(day))),
        Text("“{title}”", title=followed.title),
        Plural("{n} week of {time}.", "{n} weeks of {time}.", n=followed.weeks, time=time),
        Text(
            "Whoever has not begun yet can begin with the others. Who has begun, or comes later, keeps a plan of "
            "their own."
        ),
        buttons=(begin_button(group, day),),
    )
