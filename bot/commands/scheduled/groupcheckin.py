"""Ask a group how its week went: answers are private, and the message counts them."""

from bot.commands.checkin import LABELS
from bot.commands.groups.starting import begins_within
from bot.commands.views.group import sunday_of
from bot.core.calendar import local_date, monday_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Heading, Reply, reply
from bot.dialogue.text import Days, Minutes, Plural, Text


@command(private=False, scheduled=True)
def groupcheckin(ctx: Context, live: Flag = False) -> Reply:
    """Be asked how the week went."""
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if group is None or group.roadmap is None:
        raise NothingToSend("the chat belongs to no group")
    monday = monday_of(ctx.request.occasion or local_date(ctx.now, group.zone))
    if begins_within(group, monday):
        raise NothingToSend("the group has not begun yet")
    together = ctx.uow.boards.together(group.id, monday, sunday_of(monday))
    lines = [Text("Together you studied {time} this week.", time=Minutes(together))] if together else []
    answered = ctx.uow.checkins.answered(group.id, monday)
    if answered:
        lines.append(Plural("{n} of you has answered.", "{n} of you have answered.", n=answered))
    answers = tuple(
        Button(label, "checkin", {"feeling": name, "week": monday.isoformat()}) for name, label in LABELS.items()
    )
    return reply(
        Heading(Text("Check-in, {days}", days=Days(monday, sunday_of(monday)))),
        *lines,
        Text("How was your week? The answer is between you and me; an hour you forgot to log still counts."),
        buttons=(answers, (Button(Text("Log hours"), "log"), Button(Text("Board"), "leaderboard"))),
        anew=not live,
    )
