"""What an item of a roadmap may be called: its title, its id, its other names, and parts of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from bot.dialogue.parameters.phrases import Phrases
from bot.dialogue.plain import plain

WORD = re.compile(r"\w+(?:-+\w+)*")
SMALL = {"and", "the", "for", "with", "of", "to", "in", "on", "und", "a", "an", "or", "der", "die", "das", "mit"}
_PREFIX = 5
"""The least letters by which a word of a title is recognised."""
_NAME_PREFIX = 4
"""The least letters by which a name of one word is recognised."""
_ALIKE = 0.75
"""From this similarity on a single word is taken for a misspelt name, and asked about."""
_VERY_ALIKE = 0.85
"""The same for a word among others."""
_MOST_WORDS = 8


@dataclass(frozen=True)
class Named:
    """The items that a passage may mean, and where it ends. `name`: it is a whole name, not words out of a title."""

    items: tuple[str, ...]
    end: int
    name: bool


class ItemNames:
    """The names of a roadmap's items."""

    def __init__(self, items: Iterable[tuple[str, str, tuple[str, ...]]]) -> None:
        items = list(items)
        self._items = [id_ for id_, _, _ in items]
        names: dict[str, set[str]] = {}
        for id_, title, also in items:
            for name in (title, id_, id_.replace("-", " "), *also):
                names.setdefault(plain(name), set()).add(id_)
        self._names = names
        self._whole = Phrases({name: tuple(id_ for id_ in self._items if id_ in ids) for name, ids in names.items()})
        self._words: dict[str, set[str]] = {}
        for id_, title, _ in items:
            for word in WORD.findall(plain(f"{title} {id_} {id_.replace('-', ' ')}")):
                if word not in SMALL:
                    self._words.setdefault(word, set()).add(id_)

    @cached_property
    def _single(self) -> dict[str, set[str]]:
        """Names that are one word of some length."""
        return {name: ids for name, ids in self._names.items() if name.isalpha() and len(name) > _NAME_PREFIX}

    def at(self, text: str, place: int) -> Named | None:
        """The items named at a place of `plain` words, by as many words as possible; None where there is none."""
        whole = self._whole.at(text, place)
        part = self._by_words(text, place)
        if whole and (part is None or whole[1] >= part.end):
            return Named(whole[0], whole[1], name=True)
        return part

    def exact(self, text: str) -> str | None:
        """The item with this title, id or other name."""
        ids = self._names.get(plain(text), set())
        return next(iter(ids)) if len(ids) == 1 else None

    def alike(self, word: str, *, alone: bool) -> tuple[str, ...]:
        """The items that a word may be a misspelt name of; `alone`: there are no other words around it."""
        if not re.fullmatch(r"[^\W\d]{5,40}" if not alone else r"[\w-]{4,40}", word):
            return ()
        return self._alike(word, alone)

    @lru_cache(maxsize=512)  # noqa: B019 - as long-lived as the roadmap
    def _alike(self, word: str, alone: bool) -> tuple[str, ...]:
        known, least = ((self._words | self._single), _ALIKE) if alone else (self._single, _VERY_ALIKE)
        matcher = SequenceMatcher(None, b=word)
        similar: set[str] = set()
        for name, ids in known.items():
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
                similar |= ids
        return tuple(id_ for id_ in self._items if id_ in similar)

    def slip_behind(self, text: str, named: Named) -> tuple[str, ...]:
        """The items whose title has a word like the next one as well: “linear algebre” is not linear regression."""
        follows = WORD.match(text, named.end + 1) if text[named.end : named.end + 1] == " " else None
        if follows is None or len(follows[0]) < _NAME_PREFIX:
            return ()
        begun = WORD.match(text, named.end - len(text[: named.end].split()[-1]))
        sharing = self._of(begun[0]) if begun else set()
        near = {
            id_
            for word, ids in self._words.items()
            if SequenceMatcher(None, word, follows[0]).ratio() >= _ALIKE
            for id_ in ids & sharing
        }
        return tuple(id_ for id_ in self._items if id_ in near)

    def _by_words(self, text: str, place: int) -> Named | None:
        """The longest run of words each of which is a word of the same titles, or the beginning of one."""
        ids: set[str] | None = None
        end = behind = place
        for n, match in enumerate(WORD.finditer(text, place, place + 200)):
            gap, behind = text[behind : match.start()], match.end()
            if n == _MOST_WORDS or (n and gap not in {" ", "-"}) or (not n and match.start() != place):
                break
            if match[0][0].isdigit():
                break  # the “1” of “neural networks 1 h” is not that of “course 1”
            if match[0] in SMALL:
                if not n:
                    return None
                continue
            both = self._of(match[0]) if ids is None else ids & self._of(match[0])
            if not both:
                break
            ids, end = both, match.end()
        if not ids:
            return None
        exact = [id_ for id_ in self._items if id_ in ids]
        return Named(tuple(exact), end, name=False)

    def _of(self, word: str) -> set[str]:
        """The items with this word in their title, or with a word or name that begins with it."""
        matching = set(self._words.get(word, ()))
        if len(word) >= _PREFIX:
            matching |= {id_ for known, ids in self._words.items() if known.startswith(word) for id_ in ids}
        if len(word) >= _NAME_PREFIX:
            matching |= {id_ for known, ids in self._single.items() if known.startswith(word) for id_ in ids}
        return matching


@lru_cache(maxsize=32)
def names_of(items: tuple[tuple[str, str, tuple[str, ...]], ...]) -> ItemNames:
    """The names of items, each given by its id, title and other names; made once."""
    return ItemNames(items)
