"""Pauses that were planned ahead, in words."""

from bot.core.catchup import Absence
from bot.dialogue.context import Context
from bot.dialogue.reply import Button
from bot.dialogue.text import Day, Days, Text


def planned(ctx: Context) -> list[Absence]:
    """The learner's planned pauses that are not over, the nearest first."""
    absences = ctx.uow.adjustments.absences(ctx.study.enrollment)
    return sorted(
        (pause for pause in absences if pause.kind == "pause" and pause.undone_at is None and pause.last >= ctx.today),
        key=lambda pause: (pause.first, pause.last),
    )


def span_text(absence: Absence) -> Text:
    """The days of an absence, the first and the last included."""
    if absence.first == absence.last:
        return Text("{day}", day=Day(absence.first))
    return Text("{days}", days=Days(absence.first, absence.last))


def planned_texts(ctx: Context) -> list[Text]:
    """A sentence for each planned pause."""
    return [Text("Pause: {days}; nothing is owed then.", days=span_text(pause)) for pause in planned(ctx)]


def cancel_buttons(ctx: Context) -> tuple[Button, ...]:
    """A button to cancel each pause that has not begun."""
    return tuple(
        Button(Text("Cancel the pause of {days}", days=span_text(pause)), "pause", {"undo": str(pause.id)})
        for pause in planned(ctx)
        if pause.first > ctx.today
    )
