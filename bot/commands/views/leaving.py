"""Leaving one item out of the plan."""

from bot.commands.views.progress import finish_text
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Minutes, Text
from bot.usecases.leave_item_out import leave_item_out
from bot.usecases.mark_done import CompleteAlready, LeftOut
from roadmap.model import Item


def leave_button(item: Item) -> Button:
    """The button that leaves an item out of the plan."""
    return Button(Text("Leave it out"), "catchup.skip", {"item": item.id})


def complete_already(title: str) -> Refusal:
    """The answer where nothing is left to do of an item."""
    return Refusal(Text("“{item}” is complete already.", item=title), buttons=(Button(Text("Today"), "today"),))


def leave_out(ctx: Context, item: str) -> Reply:
    """Leave an item out, with the way back."""
    study = ctx.study
    title, left = study.title(item), study.position.left_of(item)
    try:
        entry = leave_item_out(ctx.uow, study, item, today=ctx.today, now=ctx.now)
    except LeftOut:
        raise Refusal(
            Text("“{item}” is left out of your plan already.", item=title),
            buttons=(Button(Text("Catch up"), "catchup"),),
        ) from None
    except CompleteAlready:
        raise complete_already(title) from None
    undo_button = Button(Text("Undo"), "catchup.back", {"entry": str(entry.id)}, "undo")
    return reply(
        Text("“{item}” is left out: {time} less to do.", item=title, time=Minutes(left)),
        Text("Done on: {end}. It is welcome back any time.", end=finish_text(ctx.study, ctx.today)),
        buttons=((undo_button, Button(Text("Today"), "today")),),
    )
