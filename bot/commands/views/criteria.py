"""A project's criteria as a checklist, and in one line how many are open."""

from collections.abc import Mapping

from bot.core.project import PATH, Checklist
from bot.dialogue.reply import Block, Button, Line
from bot.dialogue.text import Plural, Text
from roadmap.model import Criterion, Item

_MARKS = {True: "✓", False: "○"}


def checklist(
    found: Checklist, command: str, args: Mapping[str, str], option: str
) -> tuple[list[Block], list[tuple[Button, ...]]]:
    """The criteria with a mark on those that are met, and a button for each that changes it."""
    marked = [(n, criterion, _mark(found, criterion)) for n, criterion in enumerate(found.criteria, start=1)]
    buttons = [
        Button(Text("{mark} {n}", mark=mark, n=n), command, {**args, option: criterion.id})
        for n, criterion, mark in marked
    ]
    total = len(marked)
    blocks: list[Block] = [
        *(Line(Text("{mark} {n}. {criterion}", mark=mark, n=n, criterion=c.text)) for n, c, mark in marked),
        Line(Plural("{n} of {total} is met.", "{n} of {total} are met.", n=total - found.open, total=total)),
    ]
    return blocks, [tuple(buttons[n : n + 4]) for n in range(0, len(buttons), 4)]


def paths(found: Checklist, command: str, args: Mapping[str, str]) -> tuple[list[Block], list[tuple[Button, ...]]]:
    """Which way the learner takes, and a button for each."""
    if not found.item.paths:
        return [], []
    title = next((path.title for path in found.item.paths if path.id == found.path), None)
    said = (
        Text("Your way: {path}.", path=title)
        if title
        else Text("This project can be done in more than one way. Which one is yours? Its own criteria come with it.")
    )
    buttons: list[tuple[Button, ...]] = [
        (
            Button(
                Text("{mark} {path}", mark=_MARKS[path.id == found.path], path=path.title),
                command,
                {**args, "tick": PATH + path.id},
            ),
        )
        for path in found.item.paths
    ]
    return [Line(said)], buttons


def hours_done_text(found: Checklist) -> Text:
    """That the hours of a project are done, and what that leaves to look at."""
    title = found.item.title
    if found.undecided:
        return Text("The hours of “{item}” are done. Its checklist asks which way you took.", item=title)
    if not found.criteria:
        return Text("“{item}” is complete.", item=title)
    if not found.open:
        return Text("“{item}” is complete, and all its criteria are met.", item=title)
    return Plural(
        "The hours of “{item}” are done; {n} of {total} criteria is open.",
        "The hours of “{item}” are done; {n} of {total} criteria are open.",
        n=found.open,
        total=len(found.criteria),
        item=title,
    )


def checklist_button(item: Item) -> Button:
    """To a project's checklist."""
    return Button(Text("Checklist"), "project", {"item": item.id})


def _mark(found: Checklist, criterion: Criterion) -> str:
    return _MARKS[criterion.id in found.met]
