"""Looking up an entry of the learner, and in words why the ledger refuses one."""

from datetime import date

from bot.core.ids import EntryId
from bot.core.ledger import BeforeTheStart, InTheFuture, Logging, Rejected, TooMuchInADay, history
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button
from bot.dialogue.text import Day, Minutes, Text
from bot.usecases.own_entry import NoSuchEntry, OwnEntry, own_entry


def entry_of(ctx: Context, line: EntryId) -> OwnEntry:
    """An entry of the learner by the id of one of its lines; refuses any other."""
    try:
        return own_entry(ctx.uow, ctx.who, line)
    except NoSuchEntry:
        raise Refusal(Text("I cannot find that entry in your history."), buttons=(history_button(),)) from None


def newest_entries(ctx: Context, skip: int, most: int) -> tuple[list[tuple[Logging, bool]], int]:
    """Some of what the learner has entered, newest first, each with whether it counts; and how many there are in
    all."""
    newest = ctx.uow.ledger.newest(ctx.study.enrollment, skip, most)
    by_original = history(newest.lines)
    return [by_original[original] for original in newest.originals], newest.total


def history_button() -> Button:
    """A button to all entries."""
    return Button(Text("History"), "history")


def counts_nowhere() -> Refusal:
    """The refusal to take back or move an entry that was taken back."""
    return Refusal(Text("That was taken back already; it counts nowhere."))


def rejected_text(rejected: Rejected, *, minutes: int, day: date, start: date, today: date) -> Text:
    """Why these minutes cannot be logged on a day. Raises `rejected` again where it is another reason."""
    match rejected:
        case InTheFuture():
            return Text("{day} has not come yet; I log what is done. Today is {today}.", day=Day(day), today=Day(today))
        case BeforeTheStart() if today < start:
            return Text("You begin on {start}; hours count from then on.", start=Day(start))
        case BeforeTheStart():
            return Text(
                "{day} is before you started on {start}; hours count from then on.", day=Day(day), start=Day(start)
            )
        case TooMuchInADay():
            return too_much_text(rejected, minutes, day)
    raise rejected


def too_much_text(rejected: TooMuchInADay, minutes: int, day: date) -> Text:
    """The sentence that `minutes` more would be too many for a day."""
    return Text(
        "A day has 24 hours: with {spent} more, {day} would have {total}.",
        spent=Minutes(minutes),
        day=Day(day),
        total=Minutes(rejected.already + minutes),
    )
