"""/before: hours that were studied before the bot was there."""

from collections.abc import Sequence
from typing import Annotated

from bot.commands.views.logging import logged_blocks, logging_text
from bot.commands.views.progress import finish_text, roadmap_bar
from bot.core.ledger import Logging
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice, Flag, ItemRef
from bot.dialogue.parameters.duration import WeeklyHoursParameter, words_for
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.text import Minutes, Text
from bot.usecases.count_hours_before import MOST, OutOfProportion, count_hours_before, counted_before

_UNUSUAL = 0.5
"""More than this share of the whole roadmap at once is asked about."""


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
def before(
    ctx: Context,
    spent: Annotated[int, HoursBeforeParameter()],
    item: ItemRef | None = None,
    again: Flag = False,
    sure: Flag = False,
) -> Reply:
    """Count hours that you studied before you began here; your weeks stay as they are."""
    study = ctx.study
    args = {"spent": f"{spent}m"} | ({"item": item} if item else {})
    if not sure and MOST >= spent > study.position.total * _UNUSUAL:
        return _unusual(study, spent, args)
    if not again and (counted := counted_before(study, spent, today=ctx.today, item=item)):
        return _twice(study, counted, {**args, **({"sure": "1"} if sure else {})})
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


def _unusual(study: Study, spent: int, args: dict[str, str]) -> Reply:
    """Ask about an amount that is much of the whole roadmap: a slip of the pen may finish it."""
    kept = {name: wire for name, wire in args.items() if name != "spent"}
    return reply(
        Text(
            "{time} is a lot: the whole roadmap has {total}. Is that right?",
            time=Minutes(spent),
            total=Minutes(study.position.total),
        ),
        buttons=(
            (
                Button(Text("Yes, {time}", time=Minutes(spent)), "before", {**args, "sure": "1"}, "yes"),
                Button(words_for(spent // 10), "before", {**kept, "spent": f"{spent // 10}m"}),
                Button(Text("Another amount"), "before", kept, "no"),
            ),
        ),
        expects=Expects("before", "spent", kept),
    )


def _twice(study: Study, counted: Logging, args: dict[str, str]) -> Reply:
    """Ask whether hours that are counted already are to be counted again."""
    return reply(
        Text("I have that already. {what}.", what=logging_text(study, counted)),
        Text("Is this another one?"),
        buttons=(
            (
                Button(Text("Yes, count it too"), "before", {**args, "again": "1"}, "yes"),
                Button(Text("No, once is right"), "today", answers="no"),
            ),
        ),
    )
