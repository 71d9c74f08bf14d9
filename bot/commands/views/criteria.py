"""A project's criteria as a checklist."""

from collections.abc import Collection, Mapping

from bot.dialogue.reply import Block, Button, Line
from bot.dialogue.text import Plural, Text
from roadmap.model import Item


def checklist(
    item: Item, met: Collection[str], command: str, args: Mapping[str, str], option: str
) -> tuple[list[Block], list[tuple[Button, ...]]]:
    """The criteria with a mark on those that are met, and a button for each that changes it."""
    marks = {True: "✓", False: "○"}
    lines = tuple(
        Text("{mark} {n}. {criterion}", mark=marks[c.id in met], n=n, criterion=c.text)
        for n, c in enumerate(item.done_when, start=1)
    )
    count = sum(criterion.id in met for criterion in item.done_when)
    buttons = [
        Button(Text("{mark} {n}", mark=marks[c.id in met], n=n), command, {**args, option: c.id})
        for n, c in enumerate(item.done_when, start=1)
    ]
    total = len(lines)
    blocks: list[Block] = [
        *map(Line, lines),
        Line(Plural("{met} of {n} is met.", "{met} of {n} are met.", n=total, met=count)),
    ]
    return blocks, [tuple(buttons[n : n + 4]) for n in range(0, len(buttons), 4)]
