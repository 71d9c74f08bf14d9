"""What a week is for: its steps in order, by item, as many as the message has room for."""

from collections.abc import Callable, Sequence

from bot.commands.views.item import name_of
from bot.commands.views.length import Say, length, length_of_links
from bot.commands.views.step import Step
from bot.commands.views.steps import step_links, step_text
from bot.dialogue.reply import Block, Heading, Line, LinkButton
from bot.dialogue.text import Minutes, Text
from roadmap.model import Part, Roadmap

LONGEST = 900
"""Characters of a whole announcement, addresses included."""
_LINKS = 5
"""Links below an announcement, unless its first step alone has more."""


Steps = Sequence[tuple[Part, int]]
"""Steps with the minutes there are for each."""


def week_items(roadmap: Roadmap, steps: Steps, before: Callable[[Part], int], room: int, say: Say) -> Step:
    """Steps in order, with what to do and where; those beyond `room` characters by their items and time alone.

    The first step is always there. No step is shown before one that comes first: a project's would be read without its
    lesson. `before`: minutes of a step that are credited already.
    """
    for shown in range(len(steps), 0, -1):
        blocks = _blocks(roadmap, steps, before, shown)
        links = _links(roadmap, steps[:shown])
        if shown == 1 or (len(links) <= _LINKS and length(blocks, say) + length_of_links(links, say) <= room):
            return Step(tuple(blocks), links)
    return Step()


def _links(roadmap: Roadmap, steps: Steps) -> tuple[LinkButton, ...]:
    """The links of steps, each address once."""
    links = [link for part, _ in steps for link in step_links(roadmap.items[part.item], part)]
    return tuple({link.url: link for link in reversed(links)}.values())[::-1]


def _blocks(roadmap: Roadmap, steps: Steps, before: Callable[[Part], int], shown: int) -> list[Block]:
    blocks: list[Block] = []
    language: str | None = roadmap.locale
    item = None
    rest: dict[str, int] = {}
    for n, (part, take) in enumerate(steps):
        if n >= shown:
            rest[part.item] = rest.get(part.item, 0) + take
            continue
        if item is not roadmap.items[part.item]:
            item = roadmap.items[part.item]
            # A module that is one item is named above already, week after week.
            alone = len(roadmap.module_of[item.id].items) == 1
            if not alone or (part == item.parts[0] and not before(part)):
                blocks.append(Heading(name_of(item), 3))
        step = step_text(item, part, before=before(part), take=take, language=language)
        blocks.append(Line(Text("{time}: {step}", time=Minutes(take), step=step)))
        language = language if not step_links(item, part) else None
    return blocks + [
        Line(Text("Then {time} of “{item}”.", time=Minutes(time), item=roadmap.items[id_].title))
        for id_, time in rest.items()
    ]
