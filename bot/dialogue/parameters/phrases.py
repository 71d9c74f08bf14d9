"""Fixed phrases, found in typed words."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Generic, TypeVar

from bot.dialogue.parameters.base import every_spelling
from bot.dialogue.text import Text

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+")


class Phrases(Generic[T]):
    """Fixed phrases with their values. The one at a place of `plain` words, the longest first, is found in one
    look-up."""

    def __init__(self, known: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[str, T]]] = {}
        for phrase, value in sorted(known.items(), key=lambda pair: -len(pair[0])):
            first = _WORD.match(phrase)
            if first:
                self._by_first.setdefault(first[0], []).append((phrase, value))

    def at(self, text: str, place: int = 0) -> tuple[T, int] | None:
        """The value of the longest phrase at this place as whole words, and where it ends; None where there is none."""
        first = _WORD.match(text, place)
        for phrase, value in self._by_first.get(first[0], ()) if first else ():
            end = place + len(phrase)
            if text.startswith(phrase, place) and not text[end : end + 1].isalnum():
                return value, end
        return None


@cache
def phrases(text: Text) -> Phrases[bool]:
    """The spellings of a text in every language, as phrases."""
    return Phrases(dict.fromkeys(every_spelling(text), True))
