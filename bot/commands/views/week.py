"""What a week is for: its items with what to do, where and how long."""

from collections.abc import Sequence

from bot.commands.views.item import cost_lines, name_of, original_line, where
from bot.dialogue.reply import Block, Heading, Line
from bot.dialogue.text import Minutes, Text
from roadmap.model import Part, Roadmap


def week_items(roadmap: Roadmap, steps: Sequence[tuple[Part, int]], begun: frozenset[str] = frozenset()) -> list[Block]:
    """The items of these steps in order; `begun`: whose costs and history have been told before."""
    blocks: list[Block] = []
    for id_ in dict.fromkeys(part.item for part, _ in steps):
        item = roadmap.items[id_]
        lines: list[Text | None] = [
            Text("{time}: {do}", time=Minutes(time), do=part.do) for part, time in steps if part.item == id_
        ]
        lines.append(where(item))
        if id_ not in begun:
            lines += [original_line(item), *cost_lines(item)]
        blocks += [Heading(name_of(item)), *(Line(line) for line in lines if line)]
    return blocks
