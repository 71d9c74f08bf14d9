"""/pace: other hours a week, from today on."""

from bot.commands.views.hours import hours_refused
from bot.commands.views.progress import finish_text
from bot.core.commitment import OutOfRange
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import WeeklyHours
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Minutes, Text
from bot.usecases.set_pace import set_pace


def _offer(hours: int) -> Reply:
    """The question whether to change the hours a week, where somebody says how many they want."""
    change = Button(Text("{hours} a week", hours=Minutes(hours)), "pace", {"hours": f"{hours}m"}, "yes")
    return reply(
        Text("Shall I change your hours a week? Weeks that are over stay as they were."),
        buttons=((change, Button(Text("Today"), "today", answers="no")),),
        anew=True,
    )


# note: patterns of sentences (see bot/dialogue/sentences.py) that ask for other hours a week; … stands for the hours
_SENTENCES = Sentences(
    Text(
        "(i) (id) want/wanna/like/prefer/need (to) do/study/learn/have/make … a/per/each/every week (from) (on) "
        "(instead), (i) (id/ill) can/could/will (only) do/study/learn … a/per/each/every week (from) (on) (instead), "
        "make (my) (a) week/weeks …, (can/could) (you/we/i) change/set/lower/raise/reduce/increase (my/the) "
        "pace/week/weeks/hours/goal/target (to) …, … a/per/each/every week from now/today (on)"
    ),
    offer=_offer,
)


@command(section=PLAN, examples=("/pace 6", "/pace 2,5h"), spoken=Text("pace, my pace"), sentences=_SENTENCES)
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
