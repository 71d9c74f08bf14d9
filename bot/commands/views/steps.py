"""One step of an item in words: Begin, Go on with or Finish, and the links it needs."""

from bot.dialogue.reply import LinkButton
from bot.dialogue.text import InLanguage, Text, words
from roadmap.model import Item, Part
from roadmap.naming import links_of, names

_LABEL = 58
"""Characters of a link's label: Telegram and Discord show little more on a button."""


def step_text(item: Item, part: Part, *, before: int, take: int, language: str | None = None) -> Text:
    """What to do; the links it needs are `step_links`.

    `before`: minutes of the step that are credited already; `take`: minutes there are for it now. `language`: the
    roadmap's, where the reader has not been told yet which one the links are in.
    """
    instruction = _doing(part, before, take)
    if language is None or not links_of(item, part):
        return instruction
    return Text("{step}{language}", step=instruction, language=InLanguage(language))


def step_links(item: Item, part: Part) -> tuple[LinkButton, ...]:
    """The addresses that a step needs, by their titles; with who made it where the step calls it by that name."""
    links = []
    for link in links_of(item, part):
        label, resource = words(_short(link.title)), item.resource
        if resource and link.title == resource.title:
            who = [resource.provider, *resource.instructors]
            if names(part.do, who, [resource.title]):
                label = Text("{link} ({provider})", link=label, provider="; ".join(who))
        links.append(LinkButton(label, link.url))
    return tuple(links)


def _short(title: str) -> str:
    """A title that a button has room for, in whole words; the page about the item has it in full."""
    return title if len(title) <= _LABEL else title[:_LABEL].rpartition(" ")[0].rstrip(" ,;:(") + "…"


def _doing(part: Part, before: int, take: int) -> Text:
    """The step's own words, with Begin, Go on with or Finish where it is not done at once."""
    if before <= 0:
        return words(part.do) if take >= part.minutes else Text("Begin: {do}", do=part.do)
    if before + take >= part.minutes:
        return Text("Finish: {do}", do=part.do)
    return Text("Go on with: {do}", do=part.do)
