"""/undo: a reversing entry, once."""

from bot.commands.views.standing import week_bar
from bot.core.ledger import AlreadyUndone, Entry, standing
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Day, Minutes, Text


@command()
def undo(ctx: Context, entry: Number | None = None) -> Reply:
    """Take back the last entry."""
    study = ctx.study
    if entry is None:
        last = next(reversed(standing(study.entries)), None)
        if last is None:
            raise Refusal(Text("There is nothing to take back: your history is empty."))
        enrollment, line = study.enrollment, last
    else:
        found = ctx.store.ledger.find(ctx.who.id, entry)
        if found is None or found[1].kind == "reversal":
            raise Refusal(
                Text("I cannot find that entry in your history."), buttons=(Button(Text("History"), "history"),)
            )
        enrollment, line = found
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
    item = study.roadmap.items.get(line.item)
    title = item.title if item else line.item
    said = (
        Text("“{item}” is open again.", item=title)
        if line.kind == "done"
        else Text("Took back {spent} on “{item}”, {day}.", spent=Minutes(line.minutes), item=title, day=Day(line.day))
    )
    return reply(
        said,
        week_bar(ctx.afresh(), line.day),
        buttons=((_again(line), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _again(line: Entry) -> Button:
    if line.kind == "done":
        return Button(Text("Put it back"), "done", {"item": line.item})
    args = {"spent": f"{line.minutes}m", "day": line.day.isoformat(), "item": line.item}
    return Button(Text("Put it back"), "log", args | ({"note": line.note} if line.note else {}))
