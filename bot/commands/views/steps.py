"""One step of an item in words: Begin, Go on with or Finish, and the links it needs."""

from bot.dialogue.text import InLanguage, Link, Text, words
from roadmap.model import Item, Part
from roadmap.naming import links_of, names


def step_text(item: Item, part: Part, *, before: int, take: int, language: str | None = None) -> Text:
    """What to do, with the links it needs.

    `before`: minutes of the step that are credited already; `take`: minutes there are for it now. `language`: the
    roadmap's, where the reader has not been told yet which one the links are in.
    """
    instruction = _doing(part, before, take)
    links: Text | None = None
    for link in links_of(item, part):
        link_text = Text("{link}", link=Link(link.title, link.url))
        resource = item.resource
        if resource and link.title == resource.title:
            who = [resource.provider, *resource.instructors]
            if names(part.do, who, [resource.title]):
                link_text = Text("{link} ({provider})", link=link_text, provider="; ".join(who))
        links = Text("{links} · {link}", links=links, link=link_text) if links else link_text
    if links is None:
        return instruction
    if language is None:
        return Text("{step} → {links}", step=instruction, links=links)
    return Text("{step} → {links}{language}", step=instruction, links=links, language=InLanguage(language))


def _doing(part: Part, before: int, take: int) -> Text:
    """The step's own words, with Begin, Go on with or Finish where it is not done at once."""
    if before <= 0:
        return words(part.do) if take >= part.minutes else Text("Begin: {do}", do=part.do)
    if before + take >= part.minutes:
        return Text("Finish: {do}", do=part.do)
    return Text("Go on with: {do}", do=part.do)
