"""Items: where to learn them, how long, what they cost and what the original roadmap said."""

from collections.abc import Iterable

from bot.dialogue.reply import Block, Bullets, Line
from bot.dialogue.text import InLanguage, Link, Minutes, Text, words
from roadmap.model import Criterion, Item, Part, Practice, Roadmap
from roadmap.model import Link as RoadmapLink


def name_of(item: Item) -> Text:
    """What an item is called in a heading."""
    return Text("Project: {item}", item=item.title) if item.kind == "project" else words(item.title)


def where(item: Item, language: str) -> Text | None:
    """The address to open for an item; `language`: the one of the roadmap."""
    if item.resource:
        title = item.resource.title
        return Text(
            "Here: {link} ({provider}){language}",
            link=Link(title, item.resource.url),
            provider=item.resource.provider,
            language=InLanguage(language),
        )
    start = next((link for link in item.start_with if link.url), None)
    if start is None:
        return None
    return Text("Start with: {link}{language}", link=Link(start.title, start.url), language=InLanguage(language))


def free_text(item: Item) -> Text | None:
    """One line on a resource that costs money, with the first free alternative; None for a free one."""
    resource = item.resource
    if resource is None or resource.cost == "free":
        return None
    free = next((link for link in resource.alternatives if link.cost == "free"), None)
    if free is None:
        return Text("This one costs money.")
    return Text("This one costs money. Instead, for free: {link}", link=Link(free.title, free.url))


def cost_lines(item: Item) -> list[Text]:
    """What a paid resource costs in words, and where to learn the same for free."""
    resource = item.resource
    if resource is None or resource.cost == "free":
        return []
    paid = Text("This one costs money. {note}", note=resource.cost_note) if resource.cost_note else None
    lines = [paid or Text("This one costs money.")]
    return lines + [Text("Instead: {link}", link=_link(other)) for other in resource.alternatives]


def original_line(item: Item) -> Text | None:
    """One line on what the original roadmap named, where it is not what we send people to."""
    if item.original is None or item.original.verdict == "correct":
        return None
    return Text("The original roadmap said “{named}”. {why}", named=item.original.text, why=item.original.why)


def checked_line(item: Item) -> Text | None:
    """What was checked of an item's resource, where that is less than opening and reading it."""
    checked = item.resource.checked if item.resource else None
    return Text("Checked: {checked}", checked=checked) if checked else None


def item_summary(item: Item, language: str) -> list[Block]:
    """An item in a few lines, below its name: its hours, where to begin, a price and what it needs."""
    lines = [
        Text("{time} are planned for it.", time=Minutes(item.minutes)),
        where(item, language),
        free_text(item),
        Text("You need: {needs}", needs=item.needs) if item.needs else None,
    ]
    return [Line(line) for line in lines if line]


def item_blocks(item: Item, language: str, practices: Iterable[Practice]) -> list[Block]:
    """Everything worth knowing about an item, below its name; `language`: the one of the roadmap."""
    resource = item.resource
    lines: list[Text | None] = [
        Text("{time} are planned for it.", time=Minutes(item.minutes)),
        where(item, language) if resource else None,
        checked_line(item),
        Text("How much of it: {fit}", fit=resource.fit) if resource and resource.fit else None,
        original_line(item),
        *cost_lines(item),
    ]
    if resource:
        lines += [_with_note(Text("Also: {link}", link=_link(other)), other) for other in resource.bridge]
    lines += [_with_note(Text("Start with: {link}", link=_link(start)), start) for start in item.start_with]
    lines.append(Text("You need: {needs}", needs=item.needs) if item.needs else None)
    blocks: list[Block] = [Line(line) for line in lines if line]
    blocks += _steps(item)
    if item.done_when:
        blocks.append(Line(Text("Done when:")))
        blocks.append(Bullets(tuple(words(criterion.text) for criterion in item.done_when)))
    if item.alone:
        blocks.append(Line(Text("If you study alone: {alone}", alone=item.alone)))
    if item.stretch:
        blocks.append(Line(Text("If you want more: {stretch}", stretch=item.stretch)))
    for practice in practices:
        blocks += practice_blocks(practice)
    return blocks


def practice_of(roadmap: Roadmap, part: Part) -> Practice | None:
    """The practice that is done in a step, if any."""
    practices = roadmap.module_of[part.item].practice
    return next((practice for practice in practices if practice.id == part.practice), None)


def criteria_of(roadmap: Roadmap, part: Part) -> list[Criterion]:
    """The criteria that are met with a step."""
    return [criterion for criterion in roadmap.items[part.item].done_when if criterion.id in part.reaches]


def criteria_lines(criteria: Iterable[Criterion]) -> list[Block]:
    """Criteria of a step, a line each."""
    return [Line(Text("Done when: {criterion}", criterion=criterion.text)) for criterion in criteria]


def practice_blocks(practice: Practice) -> list[Block]:
    """An exercise with what makes it done."""
    blocks: list[Block] = [Line(Text("Practice “{title}”: {text}", title=practice.title, text=practice.text))]
    if practice.done_when:
        blocks.append(Bullets(tuple(words(criterion.text) for criterion in practice.done_when)))
    return blocks


def _link(link: RoadmapLink) -> Link:
    return Link(link.title, link.url)


def _with_note(line: Text, link: RoadmapLink) -> Text:
    """The line with why it is there and what was checked of it."""
    for note in (link.why, link.checked):
        line = Text("{line} ({note})", line=line, note=note) if note else line
    return line


def _steps(item: Item) -> list[Block]:
    """The steps with their weeks, and every link that they have and the item has not."""
    steps = tuple(
        Text("Week {week}, {time}: {do}", week=part.week, time=Minutes(part.minutes), do=part.do) for part in item.parts
    )
    shown = {link.url for link in item.start_with}
    blocks: list[Block] = [Bullets(steps)]
    for link in (link for part in item.parts for link in part.links):
        if link.url not in shown:
            shown.add(link.url)
            blocks.append(Line(_with_note(Text("For a step: {link}", link=_link(link)), link)))
    return blocks
