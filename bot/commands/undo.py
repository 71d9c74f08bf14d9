"""/undo: taking an entry back, and putting it back, as often as one likes; neither changes what it was."""

from collections.abc import Sequence

from bot.commands.views.logging import logged_blocks, logging_text
from bot.commands.views.progress import finish_text, week_bar
from bot.core import ledger
from bot.core.catchup import UNDO_WITHIN
from bot.core.ids import EnrollmentId
from bot.core.ledger import AlreadyUndone, Entry, Logging, effective, loggings
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Day, Minutes, Text


@command(spoken=Text("undo, take it back"))
def undo(ctx: Context, entry: Number | None = None, back: Flag = False) -> Reply:
    """Take back what you logged last."""
    if entry is None:
        return _undo_last(ctx)
    enrollment, entries, logging = find(ctx, entry)
    counts = ledger.in_force(entries, logging.id)
    if back:
        if counts and counts.id == logging.id:
            raise Refusal(Text("That counts already; there is nothing to put back."), buttons=(_history(),))
        return _put_back(ctx, enrollment, entries, logging, counts)
    if counts is None:
        raise Refusal(Text("That was taken back already; it counts nowhere."))
    return _take_back(ctx, enrollment, entries, counts)


def find(ctx: Context, entry: int) -> tuple[EnrollmentId, Sequence[Entry], Logging]:
    """An entry of the learner by the id of one of its lines, with its enrollment and all lines of that; refuses any
    other."""
    found = ctx.uow.ledger.find(ctx.who.id, entry)
    entries = ctx.uow.ledger.entries(found[0]) if found else ()
    lines = loggings(entries)
    logging = next((logging for logging in lines if any(line.id == entry for line in logging.lines)), None)
    if found is None or logging is None:
        raise Refusal(Text("I cannot find that entry in your history."), buttons=(_history(),))
    return found[0], entries, logging


def reverse(ctx: Context, enrollment: EnrollmentId, entries: Sequence[Entry], logging: Logging) -> None:
    """Take an entry back where it counts, or put it back where it was taken back: the last line about each of its lines
    is reversed. Refuses where somebody was faster."""
    last = ledger.last_reversals(entries)
    before = {entry.id: entry.minutes for entry in entries}
    try:
        for line in logging.lines:
            ctx.uow.ledger.add(
                enrollment,
                item=line.item,
                day=line.day,
                minutes=-before[last[line.id]],
                kind="reversal",
                now=ctx.now,
                reverses=last[line.id],
            )
    except AlreadyUndone:
        raise Refusal(Text("That was taken back already; it counts nowhere.")) from None


def _undo_last(ctx: Context) -> Reply:
    study = ctx.study
    last = max(loggings(effective(study.entries)), key=lambda logging: logging.id, default=None)
    if last is None:
        raise Refusal(Text("There is nothing to take back: your history is empty."))
    if last.moves:
        return _put_back(ctx, *find(ctx, last.moves), counts=last)
    if trimmed := _adjustment(ctx, study, last):
        # What was left out at once comes back at once.
        return ctx.commands["catchup"].run(ctx, undo=trimmed)
    return _take_back(ctx, study.enrollment, study.entries, last)


def _adjustment(ctx: Context, study: Study, logging: Logging) -> int | None:
    """The id of the newest change of the plan, where an entry is a part of it and it can still be taken back."""
    made = [a for a in ctx.uow.adjustments.of(study.enrollment) if a.undone_at is None]
    part = made and logging.id in made[-1].trims and ctx.now - made[-1].made_at <= UNDO_WITHIN
    return made[-1].id if part else None


def _take_back(ctx: Context, enrollment: EnrollmentId, entries: Sequence[Entry], logging: Logging) -> Reply:
    reverse(ctx, enrollment, entries, logging)
    after = ctx.study
    studied = logging.lines[0].kind == "study"
    put_back = Button(Text("Put it back"), "undo", {"entry": str(logging.id), "back": "1"})
    return reply(
        Text("Took back: {what}.", what=logging_text(after, logging)),
        *_end(ctx, after, logging),
        *([week_bar(after, logging.lines[0].day, ctx.today)] if studied else []),
        buttons=((put_back, Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _put_back(
    ctx: Context, enrollment: EnrollmentId, entries: Sequence[Entry], logging: Logging, counts: Logging | None
) -> Reply:
    """Make an entry count again as it was, in place of what it was moved to where that counts."""
    if logging.lines[0].kind == "study":
        _check_room(entries, logging, counts)
    if counts:
        reverse(ctx, enrollment, entries, counts)
    reverse(ctx, enrollment, entries, logging)
    after = ctx.study
    day = logging.lines[0].day
    said = Text("It is where it was.") if counts else Text("It is back, as it was.")
    undone = {"entry": str(counts.id), "back": "1"} if counts else {"entry": str(logging.id)}
    return reply(
        said,
        *logged_blocks(after, logging),
        *_end(ctx, after, logging),
        *([week_bar(after, day, ctx.today)] if logging.lines[0].kind == "study" else []),
        buttons=((Button(Text("Undo"), "undo", undone), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _end(ctx: Context, after: Study, logging: Logging) -> list[Text]:
    """The end, where that has moved because the order of the roadmap has."""
    moved = logging.lines[0].kind in {"again", "first"}
    return [Text("Done on: {end}.", end=finish_text(after, ctx.today))] if moved else []


def _check_room(entries: Sequence[Entry], logging: Logging, counts: Logging | None) -> None:
    """Refuse where the day has been filled by other entries meanwhile."""
    day = logging.lines[0].day
    mine = counts.minutes if counts and counts.lines[0].day == day else 0
    total = ledger.minutes_on(entries, day) - mine + logging.minutes
    if total > ledger.DAY_LIMIT:
        raise Refusal(
            Text(
                "A day has 24 hours: with {spent} more, {day} would have {total}.",
                spent=Minutes(logging.minutes),
                day=Day(day),
                total=Minutes(total),
            ),
            Text("If an earlier entry is wrong, take it back in your history first."),
            buttons=(_history(),),
        )


def _history() -> Button:
    return Button(Text("History"), "history")
