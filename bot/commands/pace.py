"""/pace: other hours a week, from today on."""

from bot.commands.start import check_hours
from bot.commands.views.progress import finish_text
from bot.core.commitment import Commitment
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import WeeklyHours
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(examples=("/pace 6", "/pace 2,5h"), spoken=Text("pace, my pace"))
def pace(ctx: Context, hours: WeeklyHours) -> Reply:
    """Change how many hours a week you mean to study."""
    check_hours(hours)
    study = ctx.study
    before = study.commitments.usual()
    paused = study.commitments.idle(ctx.today) == "pause"
    ctx.uow.enrollments.commit(study.enrollment, Commitment(ctx.today, hours), ctx.now)
    after = ctx.study
    return reply(
        Text("From today it is {hours} a week; it was {before}.", hours=Minutes(hours), before=Minutes(before)),
        *([Text("Your pause ends with that.")] if paused else []),
        Text("Weeks that are over stay as they were. Done on: {end}.", end=finish_text(after, ctx.today)),
        buttons=((_undo(before, paused=paused), Button(Text("Plan"), "plan")),),
        replaces=ctx.request.pressed,
    )


def _undo(before: int, *, paused: bool) -> Button:
    if paused:
        return Button(Text("Undo"), "pause")
    return Button(Text("Undo"), "pace", {"hours": f"{before}m"})
