"""An entry on another item or another day: the same hours, with their note, in the place that they had."""

from collections.abc import Sequence
from datetime import date

from bot.commands.undo import find, reverse
from bot.commands.views.logging import logged_blocks, logging_text
from bot.commands.views.progress import week_bar
from bot.core import ledger
from bot.core.ledger import Entry, Logging
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, ItemRef, Number, WireWord
from bot.dialogue.questions import Asked, ask
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Day as DayText
from bot.dialogue.text import Minutes, Text


@command(hidden=True)
def move(
    ctx: Context, entry: Number, what: WireWord | None = None, item: ItemRef | None = None, day: Day | None = None
) -> Reply:
    """Put an entry on another item or another day."""
    _, entries, logging = find(ctx, entry)
    counts = ledger.in_force(entries, logging.id)
    _check_movable(ctx, entry, counts)
    assert counts is not None  # noqa: S101 - checked above
    if item is None and day is None:
        option = ctx.commands["move"].option("day" if what == "day" else "item")
        assert option is not None  # noqa: S101 - declared above
        raise Asked(ask(ctx.commands["move"], option, {"entry": str(entry)}, ctx))
    shares = [(item, counts.minutes)] if item else [(line.item, line.minutes) for line in counts.lines]
    day = day or counts.lines[0].day
    if (shares, day) == ([(line.item, line.minutes) for line in counts.lines], counts.lines[0].day):
        raise Refusal(Text("It is there already: {what}.", what=logging_text(ctx.study, counts)))
    _check_day(ctx, entries, counts, day)
    reverse(ctx, ctx.study.enrollment, entries, counts)
    lines = _write(ctx, counts, shares, day)
    after = ctx.study
    was = counts.lines[0].day
    undo = Button(Text("Undo"), "undo", {"entry": str(counts.id), "back": "1"})
    return reply(
        Text("Moved."),
        *logged_blocks(after, Logging(tuple(lines))),
        *[week_bar(after, shown, ctx.today) for shown in ((day, was) if _apart(was, day) else (day,))],
        buttons=((undo, Button(Text("Today"), "today")), move_buttons(lines[0].id)),
        replaces=ctx.request.pressed,
    )


def move_buttons(entry: int) -> tuple[Button, ...]:
    """What leads from an entry to another item or day for it."""
    return (
        Button(Text("Another item"), "move", {"entry": str(entry), "what": "item"}),
        Button(Text("Another day"), "move", {"entry": str(entry), "what": "day"}),
    )


def _apart(one: date, other: date) -> bool:
    return one.isocalendar()[:2] != other.isocalendar()[:2]


def _check_movable(ctx: Context, entry: int, counts: Logging | None) -> None:
    history = Button(Text("History"), "history")
    if counts is None:
        back = Button(Text("Put it back"), "undo", {"entry": str(entry), "back": "1"})
        raise Refusal(Text("That was taken back; put it back first."), buttons=((back, history),))
    if counts.lines[0].kind != "study":
        raise Refusal(Text("Only study time can be moved; this can be taken back."), buttons=(history,))
    if counts.id not in {line.id for line in ctx.study.entries}:
        raise Refusal(Text("That entry belongs to another roadmap; follow it first, and then move it."))


def _check_day(ctx: Context, entries: Sequence[Entry], counts: Logging, day: date) -> None:
    """Refuse, with the reason, a day on which the hours cannot have been."""
    same = day == counts.lines[0].day
    try:
        spent = 0 if same else counts.minutes
        ledger.check(entries, minutes=spent, day=day, start=ctx.study.start, today=ctx.today)
    except ledger.InTheFuture:
        raise Refusal(
            Text(
                "{day} has not come yet; I take down what is done. Today is {today}.",
                day=DayText(day),
                today=DayText(ctx.today),
            ),
            option="day",
        ) from None
    except ledger.BeforeTheStart:
        raise Refusal(
            Text(
                "{day} is before you started on {start}; hours count from then on.",
                day=DayText(day),
                start=DayText(ctx.study.start),
            ),
            option="day",
        ) from None
    except ledger.TooMuchInADay as found:
        raise Refusal(
            Text(
                "A day has 24 hours: with {spent} more, {day} would have {total}.",
                spent=Minutes(counts.minutes),
                day=DayText(day),
                total=Minutes(found.already + counts.minutes),
            ),
            option="day",
        ) from None


def _write(ctx: Context, moved: Logging, shares: Sequence[tuple[str, int]], day: date) -> list[Entry]:
    """The lines that stand in place of those of `moved`; they were recorded when those were."""
    lines: list[Entry] = []
    for item, minutes in shares:
        line = ctx.uow.ledger.add(
            ctx.study.enrollment,
            item=item,
            day=day,
            minutes=minutes,
            kind="study",
            now=moved.lines[0].recorded_at,
            note=None if lines else moved.lines[0].note,
            part_of=lines[0].id if lines else None,
            moves=moved.id,
        )
        lines.append(line)
    return lines
