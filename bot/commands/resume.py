"""/resume: back from a pause."""

from bot.commands.views.pauses import cancel_buttons, planned_texts
from bot.commands.views.progress import finish_text
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Minutes, Text
from bot.usecases.resume_plan import NotPaused, resume_plan

# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /resume
_SENTENCES = Sentences(
    Text(
        "im (finally) back (again) (from) (my/the/a) (holiday/holidays/vacation/break/trip), i am (finally) back "
        "(again) (from) (my/the/a) (holiday/holidays/vacation/break/trip), back again, back from (my/the/a) "
        "holiday/holidays/vacation/break/trip, end/stop/cancel (the/my) pause/break, (the/my) "
        "holiday/holidays/vacation/break/trip is/are over"
    )
)


@command(section=PLAN, spoken=Text("resume, i am back"), sentences=_SENTENCES)
def resume(ctx: Context) -> Reply:
    """Come back from a pause."""
    study, usual = ctx.study, ctx.study.commitments.usual()
    try:
        resume_plan(ctx.uow, study, today=ctx.today, now=ctx.now)
    except NotPaused as error:
        ill = Text("You are not on pause. You were ill today, so today owes nothing; tomorrow does again.")
        raise Refusal(
            ill if error.idle == "ill" else Text("You are not on pause."),
            *planned_texts(ctx),
            buttons=(cancel_buttons(ctx), (Button(Text("Today"), "today"),)),
        ) from None
    return reply(
        Text("Welcome back. From today it is {hours} a week again.", hours=Minutes(usual)),
        Text("Done on: {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((Button(Text("Today"), "today"), Button(Text("Other hours a week"), "pace")),),
    )
