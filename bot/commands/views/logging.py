"""What was logged, in words."""

from bot.core.ledger import Logging
from bot.core.study import Study
from bot.dialogue.reply import Block, Bullets, Line
from bot.dialogue.text import Day, Minutes, Plural, Text

_NAMED = 3
"""Items in one line; of more the rest is a number."""


def logged_blocks(study: Study, logging: Logging) -> list[Block]:
    """An entry as it counts: day, time, each item with its share, note."""
    first = logging.lines[0]
    if first.kind != "study":
        return [Line(Text("{what}.", what=logging_text(study, logging)))]
    if logging.from_file:
        return [Line(Text("{what}.", what=logging_text(study, logging)))]
    if first.day < study.start:
        return [Line(Text("{what}.", what=logging_text(study, logging)))]
    spent, day = Minutes(logging.minutes), Day(first.day)
    note = [Line(Text("Note: {note}", note=first.note))] if first.note else []
    if len(logging.lines) == 1:
        title = study.title(first.item)
        return [Line(Text("Logged {spent} on “{item}”, {day}.", spent=spent, item=title, day=day)), *note]
    shares = tuple(
        Text("{time} on “{item}”", time=Minutes(line.minutes), item=study.title(line.item)) for line in logging.lines
    )
    return [Line(Text("Logged {spent}, {day}:", spent=spent, day=day)), Bullets(shares), *note]


def logging_text(study: Study, logging: Logging) -> Text:
    """An entry as one line: day, time, items, note."""
    first = logging.lines[0]
    if first.kind == "done":
        return Text("{day}: “{item}” marked done", day=Day(first.day), item=study.title(first.item))
    if first.kind == "trim":
        return Text("{day}: “{item}” left out", day=Day(first.day), item=study.title(first.item))
    if first.kind == "version":
        return Text("{day}: version {version} of the roadmap", day=Day(first.day), version=first.item)
    if first.kind == "again":
        return Text("{day}: begun again", day=Day(first.day))
    if first.kind == "first":
        return Text("{day}: “{module}” first", day=Day(first.day), module=study.module_title(first.item))
    if logging.from_file:
        days = logging.days
        return Plural(
            "{first} to {last}: {time} on {n} day, out of a file",
            "{first} to {last}: {time} on {n} days, out of a file",
            n=len(days),
            first=Day(days[0]),
            last=Day(days[-1]),
            time=Minutes(logging.minutes),
        )
    items: Text | None = None
    for line in logging.lines:
        title = Text("“{item}”", item=study.title(line.item))
        items = Text("{items} and {item}", items=items, item=title) if items else title
    if first.day < study.start and len(logging.lines) > _NAMED:
        n = len(logging.lines)
        return Plural(
            "Before the start: {time} on {n} item",
            "Before the start: {time} on {n} items",
            n=n,
            time=Minutes(logging.minutes),
        )
    if first.day < study.start:
        return Text("Before the start: {time} on {items}", time=Minutes(logging.minutes), items=items or Text("–"))
    line_text = Text(
        "{day}: {time} on {items}", day=Day(first.day), time=Minutes(logging.minutes), items=items or Text("–")
    )
    return Text("{line} – {note}", line=line_text, note=first.note) if first.note else line_text


def short_text(study: Study, logging: Logging) -> Text:
    """An entry in a few words, for a button. Hours from before the start are of no day that anybody has named."""
    first = logging.lines[0]
    if first.kind == "done":
        return Text("“done”, {day}", day=Day(first.day, short=True))
    if first.kind == "trim":
        return Text("“left out”, {day}", day=Day(first.day, short=True))
    if first.kind == "version":
        return Text("{version}, {day}", version=first.item, day=Day(first.day, short=True))
    if first.kind == "again":
        return Text("“begun again”, {day}", day=Day(first.day, short=True))
    if first.kind == "first":
        return Text("“another module first”, {day}", day=Day(first.day, short=True))
    if logging.from_file:
        return Text("{time} out of a file", time=Minutes(logging.minutes))
    if first.day < study.start:
        return Text("{time} from before", time=Minutes(logging.minutes))
    return Text("{time}, {day}", time=Minutes(logging.minutes), day=Day(first.day, short=True))
