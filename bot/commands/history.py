"""/history: the ledger as it was written."""

from bot.commands.views.logging import logging_text, short_text
from bot.core.ledger import loggings, standing
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.reply import Bullets, Button, Heading, Reply, reply
from bot.dialogue.text import Plural, Text

PAGE = 8
"""Entries shown at once."""
UNDOABLE = 3
"""So many of them get a button that takes them back."""


@command(spoken=Text("history, my entries"))
def history(ctx: Context, page: Number = 1) -> Reply:
    """See what you have logged, newest first."""
    study = ctx.study
    every = list(reversed(loggings(study.entries)))
    if not every:
        first = (Button(Text("Today"), "today"), Button(Text("Log"), "log"))
        return reply(Text("Nothing is logged yet."), buttons=(first,))
    pages = -(-len(every) // PAGE)
    page = min(max(1, page), pages)
    shown = every[(page - 1) * PAGE : page * PAGE]
    counting = {entry.id for entry in standing(study.entries)}
    lines = []
    for logging in shown:
        line = logging_text(study, logging)
        lines.append(line if logging.id in counting else Text("{line} (taken back)", line=line))
    undo = tuple(
        Button(Text("Undo {what}", what=short_text(logging)), "undo", {"entry": str(logging.id)})
        for logging in [logging for logging in shown if logging.id in counting][:UNDOABLE]
    )
    turns = [Button(Text("← Newer"), "history", {"page": str(page - 1)})] if page > 1 else []
    if page < pages:
        turns.append(Button(Text("Older →"), "history", {"page": str(page + 1)}))
    return reply(
        Heading(Plural("{n} entry", "{n} entries", n=len(every))),
        Bullets(tuple(lines)),
        buttons=(undo, turns),
        replaces=ctx.request.pressed,
    )
