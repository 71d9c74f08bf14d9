"""/history: all entries of the ledger, newest first, and what can be done with each."""

from bot.commands.move import move_buttons
from bot.commands.views.entries import entry_of, history_button, newest_entries
from bot.commands.views.logging import logged_blocks, logging_text, short_text
from bot.core.ids import EntryId
from bot.core.ledger import Logging
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import EntryNumber, Number
from bot.dialogue.reply import Bullets, Button, Heading, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.text import Plural, Text

PAGE = 8
"""Entries shown at once."""
UNDOABLE = 3
"""Entries on a page with a button that takes them back; for the others that takes one tap more."""
IN_A_ROW = 4
"""Buttons beside each other that open one entry."""


@command(section=TODAY, reads=True, spoken=Text("history, my entries"))
def history(ctx: Context, page: Number = 1, entry: EntryNumber | None = None) -> Reply:
    """See what you have logged, newest first."""
    if entry is not None:
        return _entry_page(ctx, entry)
    study = ctx.study
    page = max(1, page)
    shown, total = newest_entries(ctx, (page - 1) * PAGE, PAGE)
    pages = -(-total // PAGE)
    if page > pages > 0:
        page = pages
        shown, _ = newest_entries(ctx, (page - 1) * PAGE, PAGE)
    if not total:
        first = (Button(Text("Today"), "today"), Button(Text("Log"), "log"))
        return reply(Text("Nothing is logged yet."), buttons=(first,), anew=True)
    lines = []
    for logging, counts in shown:
        line = logging_text(study, logging)
        lines.append(line if counts else Text("{line} (taken back)", line=line))
    undo = tuple(
        Button(Text("Undo {what}", what=short_text(study, logging)), "undo", {"entry": str(logging.id)})
        for logging in [logging for logging, counts in shown if counts][:UNDOABLE]
    )
    opened = [
        Button(Text("Change {n}", n=n), "history", {"entry": str(logging.id)})
        for n, (logging, _) in enumerate(shown, start=1)
    ]
    turns = [Button(Text("← Newer"), "history", {"page": str(page - 1)})] if page > 1 else []
    if page < pages:
        turns.append(Button(Text("Older →"), "history", {"page": str(page + 1)}))
    return reply(
        Heading(Plural("{n} entry", "{n} entries", n=total)),
        Bullets(tuple(lines), numbered=True),
        buttons=(undo, *[opened[n : n + IN_A_ROW] for n in range(0, len(opened), IN_A_ROW)], turns),
    )


def _entry_page(ctx: Context, entry: EntryId) -> Reply:
    """One entry with what can be done with it."""
    own_entry = entry_of(ctx, entry)
    counting = own_entry.counting
    shown = counting or own_entry.logging
    return reply(
        *logged_blocks(ctx.study, shown),
        *([] if counting else [Text("It was taken back; it counts nowhere.")]),
        buttons=(changes(shown, counts=counting is not None), (history_button(),)),
    )


def changes(logging: Logging, *, counts: bool) -> tuple[Button, ...]:
    """What can be done with an entry, which `counts` or was taken back."""
    entry = {"entry": str(logging.id)}
    if not counts:
        return (Button(Text("Put it back"), "undo", entry | {"back": "1"}),)
    if logging.lines[0].kind != "study":
        return (Button(Text("Undo"), "undo", entry),)
    if logging.from_file:
        return (Button(Text("Take it back"), "undo", entry),)
    return (Button(Text("Take it back"), "undo", entry), *move_buttons(logging.id))
