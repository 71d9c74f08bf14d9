"""/resume: back from a pause."""

from bot.commands.views.standing import finish_text
from bot.core.commitment import Commitment
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Minutes, Text


@command()
def resume(ctx: Context) -> Reply:
    """Come back from a pause."""
    study = ctx.study
    idle = study.commitments.idle(ctx.today)
    if idle != "pause":
        ill = Text("You are not on pause. You were ill today, so today owes nothing; tomorrow does again.")
        said = ill if idle == "ill" else Text("You are not on pause.")
        raise Refusal(said, buttons=(Button(Text("Today"), "today"),))
    usual = study.commitments.usual()
    ctx.store.enrollments.commit(study.enrollment, Commitment(ctx.today, usual), ctx.now)
    return reply(
        Text("Welcome back. From today it is {hours} a week again.", hours=Minutes(usual)),
        Text("Done on: {end}.", end=finish_text(ctx.afresh(), ctx.today)),
        buttons=((Button(Text("Today"), "today"), Button(Text("Other hours a week"), "pace")),),
        replaces=ctx.request.pressed,
    )
