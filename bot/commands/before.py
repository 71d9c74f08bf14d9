"""/before: hours that were studied before the bot was there."""

from collections.abc import Sequence
from typing import Annotated

from bot.commands.views.logging import logged_blocks
from bot.commands.views.progress import finish_text, roadmap_bar
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice, ItemRef
from bot.dialogue.parameters.duration import WeeklyHoursParameter, words_for
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.text import Minutes, Text
from bot.usecases.count_hours_before import MOST, OutOfProportion, count_hours_before


class HoursBeforeParameter(WeeklyHoursParameter):
    """Hours of a time that is over, as many as there were; a bare number is hours."""

    def __init__(self) -> None:
        super().__init__((10, 20, 40, 80))
        self.example = "30h"
        self.about = Text("how many hours you had studied before")
        self.question = Text("How many hours had you studied before you began here?")

    def choices(self, ctx: Context) -> Sequence[Choice]:  # noqa: ARG002
        """Some usual amounts."""
        return [Choice(words_for(minutes), f"{minutes}m") for minutes in self.offers]


@command(
    section=TODAY,
    examples=("/before 30h", Text("/before 12h calculus")),
    spoken=Text("hours before, studied before"),
)
def before(ctx: Context, spent: Annotated[int, HoursBeforeParameter()], item: ItemRef | None = None) -> Reply:
    """Count hours that you studied before you began here; your weeks stay as they are."""
    study = ctx.study
    try:
        logged = count_hours_before(ctx.uow, study, spent, today=ctx.today, now=ctx.now, item=item)
    except OutOfProportion:
        raise Refusal(
            Text("I need more than nothing, and at most {most}.", most=Minutes(MOST)), option="spent"
        ) from None
    end = finish_text(ctx.study, ctx.today)
    return reply(
        *logged_blocks(ctx.study, logged),
        roadmap_bar(ctx.study),
        Text("Your weeks and your streak begin with your start. Done on: {end}.", end=end),
        buttons=((Button(Text("Undo"), "undo", {"entry": str(logged.id)}, "undo"), Button(Text("Today"), "today")),),
    )
