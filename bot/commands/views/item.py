"""Items and steps: what to do, where, how long, and what the original roadmap said."""

from bot.dialogue.reply import Block, Bullets, Line
from bot.dialogue.text import Link, Minutes, Text, words
from roadmap.model import Item


def name_of(item: Item) -> Text:
    """What an item is called in a heading."""
    return Text("Project: {item}", item=item.title) if item.kind == "project" else words(item.title)


def where(item: Item) -> Text | None:
    """The address to open for an item."""
    if item.resource:
        title = item.resource.title
        return Text("Here: {link} ({provider})", link=Link(title, item.resource.url), provider=item.resource.provider)
    start = next((link for link in item.start_with if link.url), None)
    return Text("Start with: {link}", link=Link(start.title, start.url)) if start else None


def cost_lines(item: Item) -> list[Text]:
    """What a paid resource costs in words, and where to learn the same for free."""
    resource = item.resource
    if resource is None or resource.cost == "free":
        return []
    lines = [Text("This one costs money. {note}", note=resource.cost_note or "")]
    lines += [Text("Instead: {link}", link=Link(other.title, other.url)) for other in resource.alternatives]
    return lines


def original_line(item: Item) -> Text | None:
    """One line on what the original roadmap named, where it is not what we send people to."""
    if item.original is None or item.original.verdict == "correct":
        return None
    return Text("The original roadmap said “{named}”. {why}", named=item.original.text, why=item.original.why)


def item_blocks(item: Item) -> list[Block]:
    """Everything worth knowing about an item, below its name."""
    lines: list[Text | None] = [
        Text("{time} are planned for it.", time=Minutes(item.minutes)),
        where(item) if item.resource else None,
        Text("How much of it: {fit}", fit=item.resource.fit) if item.resource and item.resource.fit else None,
        original_line(item),
        *cost_lines(item),
    ]
    if item.resource:
        lines += [Text("Also: {link}", link=Link(other.title, other.url)) for other in item.resource.bridge]
    lines += [Text("Start with: {link}", link=Link(start.title, start.url)) for start in item.start_with]
    lines.append(Text("You need: {needs}", needs=item.needs) if item.needs else None)
    blocks: list[Block] = [Line(line) for line in lines if line]
    if item.done_when:
        blocks.append(Line(Text("Done when:")))
        blocks.append(Bullets(tuple(words(criterion.text) for criterion in item.done_when)))
    if item.stretch:
        blocks.append(Line(Text("If you want more: {stretch}", stretch=item.stretch)))
    return blocks
