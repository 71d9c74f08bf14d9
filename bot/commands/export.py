"""/export: everything that is kept about a person, as a file."""

import json
from datetime import date, datetime, time

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Attachment, Reply, reply
from bot.dialogue.text import Plural, Text


@command(reads=True, spoken=Text("export, export my data"))
def export(ctx: Context) -> Reply:
    """Get everything I keep about you as a file."""
    kept = ctx.uow.privacy.export(ctx.who.id)
    rows = sum(map(len, kept.values()))
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=_written)
    return reply(
        Plural("This is all I keep about you: {n} record.", "This is all I keep about you: {n} records.", n=rows),
        Text("Every table with its rows; times are UTC, days are yours."),
        Attachment(f"studybuddy-{ctx.today.isoformat()}.json", "application/json", content + "\n"),
        anew=True,
    )


def _written(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"no way to write {type(value).__name__}")
