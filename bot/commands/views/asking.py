"""Asking a group for help, with consent, at most once a week."""

from bot.core.ids import GroupId
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text
from bot.usecases.call_for_help import AskedThisWeek, call_for_help
from bot.usecases.own_group import NotShownThere


def ask_group(ctx: Context, study: Study, group: GroupId, note: str | None) -> Reply:
    """Tell a group of the learner's that they are stuck."""
    try:
        asked = call_for_help(ctx.uow, ctx.who, study, group, note, ctx.now)
    except NotShownThere:
        raise Refusal(Text("That is not a group of yours.")) from None
    except AskedThisWeek as before:
        title = before.group.title
        raise Refusal(Text("You have asked {group} this week; somebody may still answer there.", group=title)) from None
    return reply(
        Text("I have asked {group}. They answer you there.", group=asked.title),
        buttons=((Button(Text("15 minutes today"), "today", {"minutes": "15m"}),),),
    )
