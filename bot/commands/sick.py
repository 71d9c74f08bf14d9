"""/sick: days of illness, reported afterwards, on which nothing is owed."""

from datetime import date

from bot.commands.views.progress import streak_text, week_bar
from bot.commands.views.taking_back import not_taken_back
from bot.core.catchup import NotTakenBack
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.text import Day as DayText
from bot.dialogue.text import Days, Text
from bot.usecases.note_illness import (
    BACK,
    IllnessBeforeTheStart,
    IllnessRefused,
    IllnessToCome,
    IllnessTooLongAgo,
    note_illness,
)
from bot.usecases.undo_illness import undo_illness


@command(
    section=PLAN,
    examples=("/sick", Text("/sick yesterday"), Text("/sick monday wednesday")),
    spoken=Text("sick, i am sick, i am ill"),
)
def sick(ctx: Context, day: Day | None = None, until: Day | None = None, undo: Number | None = None) -> Reply:
    """Say that you were ill: nothing is owed on those days, up to a week back."""
    study, today = ctx.study, ctx.today
    if undo is not None:
        return _undo(ctx, undo)
    first, last = sorted((day or today, until or day or today))
    try:
        absence = note_illness(ctx.uow, study, first, last, today=today, now=ctx.now)
    except IllnessRefused as error:
        raise _refused(error, last, study.start, today) from None
    after = ctx.study
    return reply(
        _noted(first, last),
        week_bar(after, first, today),
        Text("Streak: {streak}.", streak=streak_text(after, today)),
        buttons=((Button(Text("Undo"), "sick", {"undo": str(absence)}), Button(Text("Today"), "today")),),
    )


def _refused(error: IllnessRefused, last: date, start: date, today: date) -> Refusal:
    match error:
        case IllnessToCome():
            return Refusal(
                Text("{day} has not come yet; for days to come there is a pause.", day=DayText(last)),
                buttons=((Button(Text("Pause"), "pause"),),),
                option="day",
            )
        case IllnessTooLongAgo():
            return Refusal(
                Text("Days of illness can be told up to a week back: from {day} on.", day=DayText(today - BACK)),
                option="day",
            )
        case IllnessBeforeTheStart():
            return Refusal(Text("You started on {day}; before that nothing is owed anyway.", day=DayText(start)))
        case _:
            return Refusal(Text("I know of that already; nothing is owed then."))


def _noted(first: date, last: date) -> Text:
    if first == last:
        return Text("Get well soon. Nothing is owed for {day}.", day=DayText(first))
    return Text("Get well soon. Nothing is owed for {days}.", days=Days(first, last))


def _undo(ctx: Context, id_: int) -> Reply:
    try:
        illness = undo_illness(ctx.uow, ctx.study, id_, now=ctx.now)
    except NotTakenBack as error:
        raise not_taken_back(error) from None
    after = ctx.study
    return reply(
        Text("Took it back: those days count like any other."),
        week_bar(after, illness.first, ctx.today),
        buttons=((Button(Text("Today"), "today"),),),
    )
