"""/pause: time without study, which owes nothing and breaks nothing."""

from datetime import timedelta

from bot.core.commitment import Commitment
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Until
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Day, Minutes, Plural, Text, Typed


@command(examples=("/pause", Text("/pause until 3 March"), Text("/pause 2 weeks")), spoken=Text("pause, take a break"))
def pause(ctx: Context, until: Until | None = None) -> Reply:
    """Take a break; nothing is owed meanwhile."""
    study, today = ctx.study, ctx.today
    if until is not None and until <= today:
        raise Refusal(Text("A pause ends in the future; {day} is not after today.", day=Day(until)), option="until")
    usual = study.commitments.usual()
    ctx.store.enrollments.commit(study.enrollment, Commitment(today, 0), ctx.now)
    if until is not None:
        ctx.store.enrollments.commit(study.enrollment, Commitment(until, usual), ctx.now)
        said = Text(
            "You are on pause until {day}; then it is {hours} a week again.", day=Day(until), hours=Minutes(usual)
        )
    else:
        said = Text("You are on pause until you say {resume}.", resume=Typed("/resume"))
    weeks = [
        Button(Plural("{n} week", "{n} weeks", n=n), "pause", {"until": (today + timedelta(weeks=n)).isoformat()})
        for n in (1, 2, 4)
    ]
    return reply(
        said,
        Text("Nothing is owed, your streak waits, and I stay quiet."),
        buttons=((Button(Text("End the pause"), "resume"),), weeks if until is None else ()),
        replaces=ctx.request.pressed,
    )
