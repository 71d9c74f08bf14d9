"""Proper names in the text of a step, and the links to show with it."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from roadmap.model import Item, Link, Part

_WORD = re.compile(r"[^\W_](?:[\w'’+.-]*[\w+])?")
_SMALL = re.compile(r"(?:an?|and|as|at|by|first|for|from|in|its|of|on|or|the|then|to|with)", re.IGNORECASE)


@lru_cache(maxsize=8192)
def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Two neighbouring words that look like a name: both with a capital letter or a digit, neither a common word.

    "the User Guide on" has ("User", "Guide"); "Read the documentation" has none.
    """
    words = _WORD.findall(text)
    return tuple(
        (first, second)
        for first, second in pairwise(words)
        if not any(word.islower() or _SMALL.fullmatch(word) for word in (first, second))
    )


def names(words: str, titles: Iterable[str], known: Iterable[str] = ()) -> bool:
    """Whether a text names something that has one of these titles, other than what is `known`."""
    shown = {pair for title in known for pair in pairs(title)}
    wanted = {pair for title in titles for pair in pairs(title)} - shown
    return any(pair in wanted for pair in pairs(words))


def links_of(item: Item, part: Part) -> tuple[Link, ...]:
    """The links to show with a step: its own, and the item's resource if it has none or names that resource.

    A project has no resource; its first step, and one that names it, gets the project's first link.
    """
    resource, own = item.resource, [link.title for link in part.links]
    if resource is None:
        first = next((link for link in item.start_with if link.url), None)
        needed = first and not part.links and (part == item.parts[0] or names(part.do, [first.title]))
        return (first,) if first and needed else part.links
    link = Link(resource.title, resource.url, cost=resource.cost, checked=resource.checked)
    titles = (resource.title, resource.provider, *resource.instructors)
    if not part.links or names(part.do, titles, own):
        return (link, *(other for other in part.links if other.url != link.url))
    return part.links
