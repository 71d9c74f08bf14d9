"""/pace: other hours a week, from today on."""

from bot.commands.views.hours import hours_refused
from bot.commands.views.progress import finish_text
from bot.core.commitment import OutOfRange
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import WeeklyHours
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.text import Minutes, Text
from bot.usecases.set_pace import set_pace


@command(section=PLAN, examples=("/pace 6", "/pace 2,5h"), spoken=Text("pace, my pace"))
def pace(ctx: Context, hours: WeeklyHours) -> Reply:
    """Change how many hours a week you mean to study."""
    study = ctx.study
    before = study.commitments.usual()
    paused = study.commitments.idle(ctx.today) == "pause"
    try:
        set_pace(ctx.uow, study, hours, today=ctx.today, now=ctx.now)
    except OutOfRange as error:
        raise hours_refused(error.minutes) from None
    after = ctx.study
    return reply(
        Text("From today it is {hours} a week; it was {before}.", hours=Minutes(hours), before=Minutes(before)),
        *([Text("Your pause ends with that.")] if paused else []),
        Text("Weeks that are over stay as they were. Done on: {end}.", end=finish_text(after, ctx.today)),
        buttons=((_undo(before, paused=paused), Button(Text("Plan"), "plan")),),
    )


def _undo(before: int, *, paused: bool) -> Button:
    if paused:
        return Button(Text("Undo"), "pause")
    return Button(Text("Undo"), "pace", {"hours": f"{before}m"})
