"""What is worth knowing of an item once: who made it, what it costs, what was checked, what its step asks for."""

from bot.commands.views.item import (
    checked_line,
    cost_lines,
    criteria_lines,
    criteria_of,
    name_of,
    original_line,
    practice_blocks,
    practice_of,
    where,
)
from bot.core.study import Study
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Link, Minutes, Text
from roadmap.model import Item


def about_label(item: Item) -> Text:
    """What the button says behind which an item is explained."""
    return Text("About this project") if item.kind == "project" else Text("About this course")


def about_button(item: Item) -> Button:
    """The button behind which an item is explained."""
    return Button(about_label(item), "module", {"about": item.id})


def about(study: Study, item: Item) -> Reply:
    """An item in a message of its own, beside the one in which it was asked about."""
    module, left = study.roadmap.module_of[item.id], study.position.left_of(item.id)
    blocks: list[Block] = [
        Heading(name_of(item)),
        Line(Text("{time} are planned for it; {left} are left.", time=Minutes(item.minutes), left=Minutes(left))),
        *(Line(line) for line in _origin(study, item)),
        *_of_step(study, item),
    ]
    if module.note:
        blocks.append(Line(Text("About the hours: {note}", note=module.note)))
    return reply(
        *blocks,
        buttons=(
            (Button(Text("All its steps"), "module", {"item": item.id}), Button(Text("This module"), "module")),
            (Button(Text("Today"), "today"),),
        ),
        anew=True,
    )


def _origin(study: Study, item: Item) -> list[Text]:
    """Where an item is found and by whom, what it costs, what was checked, and what the original roadmap said."""
    resource = item.resource
    by = Text("By {names}.", names=", ".join(resource.instructors)) if resource and resource.instructors else None
    fit = Text("How much of it: {fit}", fit=resource.fit) if resource and resource.fit else None
    starts = [] if resource else item.start_with[1:]
    lines = [
        where(item, study.roadmap.locale),
        by,
        *(Text("Start with: {link}", link=Link(link.title, link.url)) for link in starts),
        fit,
        *cost_lines(item),
        checked_line(item),
        original_line(item),
        Text("You need: {needs}", needs=item.needs) if item.needs else None,
    ]
    return [line for line in lines if line]


def _of_step(study: Study, item: Item) -> list[Block]:
    """The practice and the criteria of the step that the learner is at, where it is one of this item."""
    current = study.position.current
    if current is None or current.part.item != item.id:
        return []
    practice = practice_of(study.roadmap, current.part)
    criteria = criteria_lines(criteria_of(study.roadmap, current.part))
    return [*(practice_blocks(practice) if practice else []), *criteria]
