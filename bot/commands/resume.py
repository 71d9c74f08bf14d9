"""/resume: back from a pause."""

from bot.commands.views.pauses import cancel_buttons, planned, planned_texts
from bot.commands.views.progress import finish_text
from bot.core.calendar import DAY
from bot.core.catchup import Absence
from bot.core.commitment import Commitment
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(spoken=Text("resume, i am back"))
def resume(ctx: Context) -> Reply:
    """Come back from a pause."""
    study, usual = ctx.study, ctx.study.commitments.usual()
    idle = study.commitments.idle(ctx.today)
    if idle != "pause":
        ill = Text("You are not on pause. You were ill today, so today owes nothing; tomorrow does again.")
        raise Refusal(
            ill if idle == "ill" else Text("You are not on pause."),
            *planned_texts(ctx),
            buttons=(cancel_buttons(ctx), (Button(Text("Today"), "today"),)),
        )
    for planned_ in planned(ctx):
        _end(ctx, planned_)
    if ctx.study.commitments.idle(ctx.today) == "pause":
        ctx.uow.enrollments.commit(study.enrollment, Commitment(ctx.today, usual), ctx.now)
    return reply(
        Text("Welcome back. From today it is {hours} a week again.", hours=Minutes(usual)),
        Text("Done on: {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((Button(Text("Today"), "today"), Button(Text("Other hours a week"), "pace")),),
        replaces=ctx.request.pressed,
    )


def _end(ctx: Context, pause: Absence) -> None:
    """A planned pause that has begun ends: its days before today stay, today counts again."""
    if pause.first > ctx.today:
        return
    ctx.uow.adjustments.undo_absence(pause.id, ctx.now)
    if pause.first < ctx.today:
        last = ctx.today - DAY
        ctx.uow.adjustments.add_absence(ctx.study.enrollment, pause.first, last, ctx.now, "pause")
