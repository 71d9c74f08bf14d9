"""Move an entry to another item or day; its hours, its note and its place in the order stay."""

from datetime import date

from bot.commands.views.entries import counts_nowhere, entry_of, history_button, rejected_text
from bot.commands.views.logging import logged_blocks, logging_text
from bot.commands.views.progress import week_bar
from bot.core.ids import EntryId
from bot.core.ledger import AlreadyUndone, Logging, Rejected
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, EntryNumber, ItemRef, WireWord
from bot.dialogue.questions import Asked, ask
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text
from bot.usecases.move_entry import (
    CountsNowhere,
    FromAFile,
    Moved,
    NoStudyTime,
    OnAnotherRoadmap,
    ThereAlready,
    movable,
    move_entry,
)
from bot.usecases.own_entry import OwnEntry


@command(hidden=True)
def move(
    ctx: Context, entry: EntryNumber, what: WireWord | None = None, item: ItemRef | None = None, day: Day | None = None
) -> Reply:
    """Put an entry on another item or another day."""
    own_entry = entry_of(ctx, entry)
    counting = _movable(ctx, own_entry, entry)
    if item is None and day is None:
        option = move.option("day" if what == "day" else "item")
        assert option is not None  # noqa: S101 - declared above
        raise Asked(ask(move, option, {"entry": str(entry)}, ctx))
    moved = _move(ctx, own_entry, counting, item, day)
    after = ctx.study
    old_day, new_day = moved.before.lines[0].day, moved.after.lines[0].day
    undo = Button(Text("Undo"), "undo", {"entry": str(moved.before.id), "back": "1"})
    return reply(
        Text("Moved."),
        *logged_blocks(after, moved.after),
        *[week_bar(after, day, ctx.today) for day in _days_of_weeks(new_day, old_day)],
        buttons=((undo, Button(Text("Today"), "today")), move_buttons(moved.after.id)),
    )


def move_buttons(entry: EntryId) -> tuple[Button, ...]:
    """Buttons that move an entry to another item or day."""
    return (
        Button(Text("Another item"), "move", {"entry": str(entry), "what": "item"}),
        Button(Text("Another day"), "move", {"entry": str(entry), "what": "day"}),
    )


def _movable(ctx: Context, own_entry: OwnEntry, entry: EntryId) -> Logging:
    """The entry as it counts; refuses, with the reason, what cannot be moved."""
    try:
        return movable(ctx.study, own_entry)
    except CountsNowhere:
        put_back_button = Button(Text("Put it back"), "undo", {"entry": str(entry), "back": "1"})
        raise Refusal(
            Text("That was taken back; put it back first."), buttons=((put_back_button, history_button()),)
        ) from None
    except NoStudyTime:
        raise Refusal(
            Text("Only study time can be moved; this can be taken back."), buttons=(history_button(),)
        ) from None
    except FromAFile:
        raise Refusal(
            Text("Hours out of a file are taken back together; they cannot be moved."), buttons=(history_button(),)
        ) from None
    except OnAnotherRoadmap:
        raise Refusal(Text("That entry belongs to another roadmap; follow it first, and then move it.")) from None


def _move(ctx: Context, own_entry: OwnEntry, counting: Logging, item: str | None, day: date | None) -> Moved:
    study = ctx.study
    try:
        return move_entry(ctx.uow, study, own_entry, item=item, day=day, today=ctx.today, now=ctx.now)
    except ThereAlready:
        raise Refusal(Text("It is there already: {what}.", what=logging_text(study, counting))) from None
    except AlreadyUndone:
        raise counts_nowhere() from None
    except Rejected as rejected:
        wanted = day or counting.lines[0].day
        reason = rejected_text(rejected, minutes=counting.minutes, day=wanted, start=study.start, today=ctx.today)
        raise Refusal(reason, option="day") from None


def _days_of_weeks(new: date, old: date) -> tuple[date, ...]:
    """A day of each week that the hours are or were in."""
    return (new, old) if old.isocalendar()[:2] != new.isocalendar()[:2] else (new,)
