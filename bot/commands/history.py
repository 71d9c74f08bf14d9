"""/history: the ledger as it was written."""

from bot.core.ledger import Entry, standing
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.reply import Bullets, Button, Heading, Reply, reply
from bot.dialogue.text import Day, Minutes, Plural, Text

PAGE = 8
"""Entries shown at once."""
UNDOABLE = 3
"""So many of them get a button that takes them back."""


@command()
def history(ctx: Context, page: Number = 1) -> Reply:
    """See what you have logged, newest first."""
    study = ctx.study
    lines = [entry for entry in reversed(study.entries) if entry.kind != "reversal"]
    if not lines:
        return reply(
            Text("Nothing is logged yet."), buttons=((Button(Text("Today"), "today"), Button(Text("Log"), "log")),)
        )
    pages = -(-len(lines) // PAGE)
    page = min(max(1, page), pages)
    shown = lines[(page - 1) * PAGE : page * PAGE]
    counting = {entry.id for entry in standing(study.entries)}
    undo = tuple(
        Button(Text("Undo {what}", what=what(study, entry)), "undo", {"entry": str(entry.id)})
        for entry in [entry for entry in shown if entry.id in counting][:UNDOABLE]
    )
    turns = [Button(Text("← Newer"), "history", {"page": str(page - 1)})] if page > 1 else []
    if page < pages:
        turns.append(Button(Text("Older →"), "history", {"page": str(page + 1)}))
    return reply(
        Heading(Plural("{n} entry", "{n} entries", n=len(lines))),
        Bullets(tuple(entry_line(study, entry, counts=entry.id in counting) for entry in shown)),
        buttons=(undo, turns),
        replaces=ctx.request.pressed,
    )


def what(study: Study, entry: Entry) -> Text:
    """An entry in a few words."""
    if entry.kind == "done":
        return Text("“{item}” done", item=_title(study, entry.item))
    return Text("{time}, {day}", time=Minutes(entry.minutes), day=Day(entry.day, short=True))


def entry_line(study: Study, entry: Entry, *, counts: bool) -> Text:
    """An entry as one line."""
    title, day = _title(study, entry.item), Day(entry.day)
    line = (
        Text("{day}: marked “{item}” as done", day=day, item=title)
        if entry.kind == "done"
        else Text("{day}: {time} on “{item}”", day=day, time=Minutes(entry.minutes), item=title)
    )
    if entry.note:
        line = Text("{line} – {note}", line=line, note=entry.note)
    return line if counts else Text("{line} (taken back)", line=line)


def _title(study: Study, item: str) -> str:
    found = study.roadmap.items.get(item)
    return found.title if found else item
