"""/sick: days on which nothing is owed, said afterwards."""

from datetime import date, timedelta

from bot.commands.views.progress import streak_text, week_bar
from bot.core.catchup import UNDO_WITHIN
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Day as DayText
from bot.dialogue.text import Days, Text

BACK = timedelta(days=7)


@command(
    examples=("/sick", Text("/sick yesterday"), Text("/sick monday wednesday")),
    spoken=Text("sick, i am sick, i am ill"),
)
def sick(ctx: Context, day: Day | None = None, until: Day | None = None, undo: Number | None = None) -> Reply:
    """Say that you were ill: nothing is owed on those days, up to a week back."""
    study, today = ctx.study, ctx.today
    if undo is not None:
        return _undo(ctx, undo)
    first, last = sorted((day or today, until or day or today))
    if last > today:
        raise Refusal(
            Text("{day} has not come yet; for days to come there is a pause.", day=DayText(last)),
            buttons=((Button(Text("Pause"), "pause"),),),
            option="day",
        )
    if first < today - BACK:
        raise Refusal(
            Text("Days of illness can be told up to a week back: from {day} on.", day=DayText(today - BACK)),
            option="day",
        )
    if last < study.start:
        raise Refusal(Text("You started on {day}; before that nothing is owed anyway.", day=DayText(study.start)))
    if all(study.commitments.absent(first + timedelta(days=n)) for n in range((last - first).days + 1)):
        raise Refusal(Text("I know of that already; nothing is owed then."))
    absence = ctx.uow.adjustments.add_absence(study.enrollment, first, last, ctx.now)
    after = ctx.study
    return reply(
        _noted(first, last),
        week_bar(after, first, today),
        Text("Streak: {streak}.", streak=streak_text(after, today)),
        buttons=((Button(Text("Undo"), "sick", {"undo": str(absence)}), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _noted(first: date, last: date) -> Text:
    if first == last:
        return Text("Get well soon. Nothing is owed for {day}.", day=DayText(first))
    return Text("Get well soon. Nothing is owed for {days}.", days=Days(first, last))


def _undo(ctx: Context, id_: int) -> Reply:
    found = next((one for one in ctx.uow.adjustments.absences(ctx.study.enrollment) if one.id == id_), None)
    if found is None:
        raise Refusal(Text("I cannot find that in your plan."))
    if ctx.now - found.recorded_at > UNDO_WITHIN:
        raise Refusal(Text("That was more than a week ago, and stays."))
    if not ctx.uow.adjustments.undo_absence(id_, ctx.now):
        raise Refusal(Text("That was taken back already; it counts nowhere."))
    after = ctx.study
    return reply(
        Text("Took it back: those days count like any other."),
        week_bar(after, found.first, ctx.today),
        buttons=((Button(Text("Today"), "today"),),),
        replaces=ctx.request.pressed,
    )
