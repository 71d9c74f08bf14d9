"""The message of the day on which a roadmap begins that was to begin later."""

from bot.commands.views.step import minutes_today, step_buttons, whole_step
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import WireDay
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Heading, Reply, reply
from bot.dialogue.text import Text


@command(scheduled=True)
def firstday(ctx: Context, start: WireDay) -> Reply:
    """Hear that your roadmap begins today."""
    study = ctx.study
    if study.start != start or ctx.today != start or study.logged or not study.commitments.on(start):
        raise NothingToSend("the roadmap does not begin on this day, or has begun")
    minutes = minutes_today(study, ctx.today)
    head = Heading(Text("Today you begin: {module}", module=study.module.title))
    step = whole_step(study, minutes, ctx.say, head)
    return reply(head, *step.blocks, links=step.links, buttons=step_buttons(study, minutes))
