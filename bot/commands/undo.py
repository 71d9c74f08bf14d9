"""/undo: reversing entries, once."""

from bot.commands.views.logging import logging_text
from bot.commands.views.standing import finish_text, week_bar
from bot.core.ledger import AlreadyUndone, Entry, Logging, loggings, standing
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text


@command()
def undo(ctx: Context, entry: Number | None = None) -> Reply:
    """Take back what you logged last."""
    enrollment, logging = _last(ctx) if entry is None else _find(ctx, entry)
    for line in logging.lines:
        _reverse(ctx, enrollment, line)
    after = ctx.afresh()
    ctx.boards_change()
    studied = logging.lines[0].kind == "study"
    said = Text("Took back: {what}.", what=logging_text(after, logging))
    return reply(
        said,
        *([Text("Done on: {end}.", end=finish_text(after, ctx.today))] if logging.lines[0].kind in _ORDER else []),
        *([week_bar(after, logging.lines[0].day, ctx.today)] if studied else []),
        buttons=((_again(after, logging), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _last(ctx: Context) -> tuple[int, Logging]:
    last = next(reversed(loggings(standing(ctx.study.entries))), None)
    if last is None:
        raise Refusal(Text("There is nothing to take back: your history is empty."))
    return ctx.study.enrollment, last


def _find(ctx: Context, entry: int) -> tuple[int, Logging]:
    found = ctx.store.ledger.find(ctx.who.id, entry)
    lines = loggings(ctx.store.ledger.entries(found[0])) if found else []
    logging = next((logging for logging in lines if any(line.id == entry for line in logging.lines)), None)
    if found is None or logging is None:
        history = Button(Text("History"), "history")
        raise Refusal(Text("I cannot find that entry in your history."), buttons=(history,))
    return found[0], logging


def _reverse(ctx: Context, enrollment: int, line: Entry) -> None:
    try:
        ctx.store.ledger.add(
            enrollment,
            item=line.item,
            day=line.day,
            minutes=-line.minutes,
            kind="reversal",
            now=ctx.now,
            reverses=line.id,
        )
    except AlreadyUndone:
        raise Refusal(Text("That was taken back already; it counts nowhere.")) from None


_ORDER = {"again", "first"}
"""Kinds that change from where, and in which order, the roadmap is followed."""


def _again(study: Study, logging: Logging) -> Button:
    first = logging.lines[0]
    if first.kind == "again":
        return Button(Text("Put it back"), "start", {"again": "again"})
    if first.kind == "first":
        number = next((n for n, one in enumerate(study.roadmap.modules, start=1) if one.id == first.item), 1)
        return Button(Text("Put it back"), "module", {"number": str(number), "begin": "1"})
    if first.kind == "done":
        return Button(Text("Put it back"), "done", {"item": first.item})
    if first.kind == "version":
        return Button(Text("Put it back"), "roadmap", {"act": "take", "version": first.item})
    args = {"spent": f"{logging.minutes}m", "day": first.day.isoformat()}
    if len(logging.lines) == 1:
        args["item"] = first.item
    return Button(Text("Put it back"), "log", args | ({"note": first.note} if first.note else {}))
