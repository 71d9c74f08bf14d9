"""A project's criteria as a checklist, and in one line how many are open."""

from collections.abc import Mapping

from bot.core.project import PATH, Checklist
from bot.dialogue.reply import Block, Button, Line
from bot.dialogue.text import Plural, Text
from roadmap.model import Criterion, Item

_MARKS = {True: "✓", False: "○"}


def checklist_blocks(
    checklist: Checklist, command: str, args: Mapping[str, str], option: str
) -> tuple[list[Block], list[tuple[Button, ...]]]:
    """The criteria with a mark on those that are met, and a button for each that changes it."""
    marked = [(n, criterion, _mark(checklist, criterion)) for n, criterion in enumerate(checklist.criteria, start=1)]
    buttons = [
        Button(Text("{mark} {n}", mark=mark, n=n), command, {**args, option: criterion.id})
        for n, criterion, mark in marked
    ]
    total = len(marked)
    blocks: list[Block] = [
        *(Line(Text("{mark} {n}. {criterion}", mark=mark, n=n, criterion=c.text)) for n, c, mark in marked),
        Line(Plural("{n} of {total} is met.", "{n} of {total} are met.", n=total - checklist.open, total=total)),
    ]
    return blocks, [tuple(buttons[n : n + 4]) for n in range(0, len(buttons), 4)]


def path_choices(
    checklist: Checklist, command: str, args: Mapping[str, str]
) -> tuple[list[Block], list[tuple[Button, ...]]]:
    """Which of a project's paths the learner takes, and a button for each."""
    if not checklist.item.paths:
        return [], []
    title = next((path.title for path in checklist.item.paths if path.id == checklist.path), None)
    text = (
        Text("Your way: {path}.", path=title)
        if title
        else Text("This project can be done in more than one way. Which one is yours? Its own criteria come with it.")
    )
    buttons: list[tuple[Button, ...]] = [
        (
            Button(
                Text("{mark} {path}", mark=_MARKS[path.id == checklist.path], path=path.title),
                command,
                {**args, "tick": PATH + path.id},
            ),
        )
        for path in checklist.item.paths
    ]
    return [Line(text)], buttons


def hours_done_text(checklist: Checklist) -> Text:
    """The sentence that a project's hours are done, with the criteria that are open."""
    title = checklist.item.title
    if checklist.undecided:
        return Text("The hours of “{item}” are done. Its checklist asks which way you took.", item=title)
    if not checklist.criteria:
        return Text("“{item}” is complete.", item=title)
    if not checklist.open:
        return Text("“{item}” is complete, and all its criteria are met.", item=title)
    return Plural(
        "The hours of “{item}” are done; {n} of {total} criteria is open.",
        "The hours of “{item}” are done; {n} of {total} criteria are open.",
        n=checklist.open,
        total=len(checklist.criteria),
        item=title,
    )


def checklist_button(item: Item) -> Button:
    """A button to a project's checklist."""
    return Button(Text("Checklist"), "project", {"item": item.id})


def _mark(checklist: Checklist, criterion: Criterion) -> str:
    return _MARKS[criterion.id in checklist.met]
