"""Ask somebody who was there, when a study session is over, whether to log their time."""

from bot.commands.sessions.views import with_group
from bot.core.ids import SessionId
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Minutes, Text
from bot.usecases.be_at_session import minutes_there


@command(scheduled=True)
def sessionover(ctx: Context, session: Number) -> Reply:
    """Be asked whether to log the time of a study session."""
    over = ctx.uow.sessions.get(SessionId(session)) if ctx.request.occasion else None
    if over is None or not over.over(ctx.now):
        raise NothingToSend("it is not over")
    group = ctx.uow.groups.get(over.group)
    minutes = minutes_there(ctx.uow, ctx.who, over, ctx.now)
    if group is None or not minutes or ctx.uow.groups.member(group.id, ctx.who.id) is None:
        raise NothingToSend("they were not there, or have left the group")
    args = {"day": ctx.date_at(over.starts_at).isoformat()}
    return reply(
        Text(
            "{session} is over: {time} of study. Log them?",
            session=with_group(over, group),
            time=Minutes(minutes),
        ),
        buttons=(
            (
                Button(Text("Log {time}", time=Minutes(minutes)), "log", {"spent": f"{minutes}m"} | args, "yes"),
                Button(Text("Log another time"), "log", args),
                Button(Text("No"), "session.unlogged", answers="no"),
            ),
        ),
        expects=Expects("log", "spent", args),
    )
