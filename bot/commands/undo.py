"""/undo: take an entry back or put it back, any number of times; the entry itself never changes."""

from collections.abc import Sequence

from bot.commands.views.entries import counts_nowhere, entry_of, history_button, too_much_text
from bot.commands.views.logging import logged_blocks, logging_text
from bot.commands.views.progress import finish_text, roadmap_bar, week_bar
from bot.core.catchup import UNDO_WITHIN
from bot.core.ledger import AlreadyUndone, Entry, Logging, TooMuchInADay, effective, loggings
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import EntryNumber, Flag
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Line, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Text
from bot.usecases.own_entry import OwnEntry
from bot.usecases.put_back import CountsAlready, put_back
from bot.usecases.take_back import take_back

# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /undo
_SENTENCES = Sentences(
    Text(
        "undo (that/it/this/the/my) (last/latest) (one/entry/log/thing), take that/it/this back, take back "
        "that/it/this, take back the/my last (one/entry), delete/remove/revert/cancel/scratch that/it/this "
        "(one/entry), delete/remove/revert/cancel/scratch/ignore/forget/erase the/my/that last/latest/entry "
        "(one/entry/log), revert, "
        "(no/nope/nah/sorry/sry/damn/argh/shit) (wait/no/sorry) (my) (bad) undo (that/it/this/the/my) "
        "(last/latest) (one/entry/log/thing), (please) get rid of that/it/this"
    )
)


_LOOKED_AT = 20
"""Entries among which the last one that counts is looked for first: mostly it is the newest."""


@command(section=TODAY, spoken=Text("undo, take it back"), sentences=_SENTENCES)
def undo(ctx: Context, entry: EntryNumber | None = None, back: Flag = False) -> Reply:
    """Take back what you logged last."""
    if entry is None:
        return _undo_last(ctx)
    own_entry = entry_of(ctx, entry)
    return _put_back(ctx, own_entry) if back else _take_back(ctx, own_entry)


def _undo_last(ctx: Context) -> Reply:
    study = ctx.study
    newest = ctx.uow.ledger.newest(study.enrollment, 0, _LOOKED_AT)
    lines, last = newest.lines, _last(newest.lines)
    if last is None and newest.total > len(newest.originals):
        lines = study.entries
        last = _last(lines)
    if last is None and newest.total:
        text = Text("There is nothing to take back: everything in your history is taken back already.")
        raise Refusal(text, buttons=(history_button(),))
    if last is None:
        raise Refusal(Text("There is nothing to take back: your history is empty."))
    if last.moves:
        return _put_back(ctx, entry_of(ctx, last.moves))
    if trimmed := _adjustment(ctx, study, last):
        # Items that were left out together come back together.
        return ctx.commands["catchup.undo"].run(ctx, adjustment=trimmed)
    return _take_back(ctx, OwnEntry(study.enrollment, lines, last))


def _last(lines: Sequence[Entry]) -> Logging | None:
    """What was entered last of what counts; None where nothing does. `lines` are all from some entry on."""
    counting = (logging for logging in loggings(effective(lines)) if logging.lines[0].part_of is None)
    return max(counting, key=lambda logging: logging.id, default=None)


def _adjustment(ctx: Context, study: Study, logging: Logging) -> int | None:
    """The id of the newest change of the plan, where an entry is a part of it and it can still be taken back."""
    adjustments = [
        adjustment for adjustment in ctx.uow.adjustments.of(study.enrollment) if adjustment.undone_at is None
    ]
    part = adjustments and logging.id in adjustments[-1].trims and ctx.now - adjustments[-1].made_at <= UNDO_WITHIN
    return adjustments[-1].id if part else None


def _take_back(ctx: Context, entry: OwnEntry) -> Reply:
    try:
        undone = take_back(ctx.uow, entry, ctx.now)
    except AlreadyUndone:
        raise counts_nowhere() from None
    after = ctx.study
    put_back_button = Button(Text("Put it back"), "undo", {"entry": str(undone.id), "back": "1"})
    return reply(
        Text("Took back: {what}.", what=logging_text(after, undone)),
        *_consequences(ctx, after, undone),
        buttons=((put_back_button, Button(Text("Today"), "today")),),
    )


def _put_back(ctx: Context, entry: OwnEntry) -> Reply:
    """Make an entry count again as it was, in place of what it was moved to where that counts."""
    logging = entry.logging
    try:
        replaced = put_back(ctx.uow, entry, ctx.now)
    except CountsAlready:
        raise Refusal(Text("That counts already; there is nothing to put back."), buttons=(history_button(),)) from None
    except TooMuchInADay as rejected:
        raise Refusal(
            too_much_text(rejected, rejected.minutes, rejected.day or logging.lines[0].day),
            Text("If an earlier entry is wrong, take it back in your history first."),
            buttons=(history_button(),),
        ) from None
    except AlreadyUndone:
        raise counts_nowhere() from None
    after = ctx.study
    undone = {"entry": str(replaced.id), "back": "1"} if replaced else {"entry": str(logging.id)}
    return reply(
        Text("It is where it was.") if replaced else Text("It is back, as it was."),
        *logged_blocks(after, logging),
        *_consequences(ctx, after, logging),
        buttons=((Button(Text("Undo"), "undo", undone), Button(Text("Today"), "today")),),
    )


def _consequences(ctx: Context, after: Study, logging: Logging) -> list[Block]:
    """What changed with it: the week's hours or, after a change of the order and for hours from before the start, which
    count for no week, the end of the roadmap."""
    first = logging.lines[0]
    if first.kind == "study" and first.day < after.start and not logging.from_file:
        return [roadmap_bar(after), Line(Text("Done on: {end}.", end=finish_text(after, ctx.today)))]
    if first.kind in {"again", "first"}:
        return [Line(Text("Done on: {end}.", end=finish_text(after, ctx.today)))]
    day = ctx.today if logging.from_file else first.day
    return [week_bar(after, day, ctx.today)] if first.kind == "study" else []
