"""Items and modules of the learner's roadmap, by any words that name them."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import Choice, Parameter, Unclear
from bot.dialogue.text import Text, words
from roadmap.model import Item, Module

if TYPE_CHECKING:
    from bot.dialogue.context import Context

_WORD = re.compile(r"[\w-]+")
_SMALL = {"and", "the", "for", "with", "of", "to", "in", "on", "und", "a", "an", "or"}
_PREFIX = 5
"""So many letters of a word stand for the whole of it."""
_ALIKE = 0.75
"""From this likeness on a single word is taken for a slip of the pen, and asked about."""
_MOST_WORDS = 8


class ItemParameter(Parameter[str]):
    """An item of the learner's roadmap by its id or by words of its title; the value is the id."""

    example = "calculus"
    about = Text("which item of the roadmap")
    question = Text("Which item?")

    def take(self, said: str, ctx: "Context") -> tuple[str, str] | None:
        spans = list(_WORD.finditer(said))[:_MOST_WORDS]
        if not spans or spans[0].start() or said[:1] in {'"', "“", "«"}:
            return None
        items = list(ctx.study.roadmap.items.values())
        titled = _titled(said, items)
        for end in [span.end() for span in reversed(spans)]:
            if titled and end <= len(titled.title):
                return titled.id, said[len(titled.title) :].strip()
            phrase, rest = said[:end].casefold(), said[end:].strip()
            found = _named(phrase, items)
            if len(found) > 1:
                # What the learner is at comes first; a word that only one open module knows is clear enough.
                found = [item for item in found if item in ctx.study.module.items] or found
            if len(found) == 1:
                return found[0].id, rest
            if found:
                raise Unclear(Text("Which one is “{words}”?", words=phrase), [_choice(item) for item in found], rest)
        self._slip(said, items, ctx)
        return None

    def read(self, wire: str, ctx: "Context") -> str | None:
        return wire if wire in ctx.study.roadmap.items else super().read(wire, ctx)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        study = ctx.study
        near = [*dict.fromkeys([study.item, *(item.id for item in study.module.items)])]
        return [_choice(study.roadmap.items[item]) for item in near]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        items, wanted = ctx.study.roadmap.items.values(), prefix.casefold()
        return [_choice(item) for item in items if item.id.startswith(wanted) or wanted in item.title.casefold()]

    def _slip(self, said: str, items: Sequence[Item], ctx: "Context") -> None:
        only = said.casefold().strip()
        if not re.fullmatch(r"[\w-]{4,40}", only):
            return
        alike = [
            item
            for item in items
            if any(SequenceMatcher(None, only, name).ratio() >= _ALIKE for name in (item.id, *_names(item)))
        ]
        if alike:
            note = Choice(Text("It is a note"), said, "note")
            raise Unclear(
                Text("I do not know “{words}”. Did you mean one of these?", words=said),
                [*map(_choice, alike[:4]), note],
            )


class ModuleParameter(Parameter[int]):
    """A module by its number on the roadmap, counted from 1, or by words of its title."""

    example = "3"
    about = Text("which module, by number or name")
    question = Text("Which module?")

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        modules = ctx.study.roadmap.modules
        number = re.fullmatch(r"\d{1,3}", said)
        if number:
            if 1 <= int(said) <= len(modules):
                return int(said), ""
            raise Unclear(
                Text(
                    "This roadmap has modules 1 to {last}; there is no {number}.", last=len(modules), number=int(said)
                ),
                self.choices(ctx),
            )
        phrase = said.casefold()
        exact = [n for n, module in enumerate(modules, start=1) if phrase in {module.id, module.title.casefold()}]
        found = exact or [n for n, m in enumerate(modules, start=1) if _matches(phrase, m.id, m.title)]
        if len(found) > 1:
            raise Unclear(
                Text("Which one is “{words}”?", words=said), [_module_choice(n, modules[n - 1]) for n in found]
            )
        return (found[0], "") if found else None

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [_module_choice(n, module) for n, module in enumerate(ctx.study.roadmap.modules, start=1)]


def _choice(item: Item) -> Choice:
    return Choice(words(item.title), item.id)


def _module_choice(number: int, module: Module) -> Choice:
    return Choice(Text("{number}. {title}", number=number, title=module.title), str(number))


def _names(item: Item) -> set[str]:
    return {
        word for word in _WORD.findall(f"{item.title} {item.id.replace('-', ' ')}".casefold()) if word not in _SMALL
    }


def _titled(said: str, items: Sequence[Item]) -> Item | None:
    """The item whose whole title, with its brackets and commas, stands at the beginning of `said`."""
    # Not casefold(), which may change the length.
    lowered = said.lower()
    found = [
        item
        for item in items
        if lowered.startswith(item.title.lower()) and not lowered[len(item.title) : len(item.title) + 1].isalnum()
    ]
    return max(found, key=lambda item: len(item.title), default=None)


def _named(phrase: str, items: Sequence[Item]) -> list[Item]:
    exact = [item for item in items if phrase in {item.id, item.title.casefold()}]
    return exact or [item for item in items if _matches(phrase, item.id, item.title)]


def _matches(phrase: str, id_: str, title: str) -> bool:
    """Whether every word of the phrase is a word of the name, or the beginning of one."""
    said = [word for word in _WORD.findall(phrase) if word not in _SMALL]
    known = _WORD.findall(f"{title} {id_} {id_.replace('-', ' ')}".casefold())
    return bool(said) and all(
        any(name == word or (len(word) >= _PREFIX and name.startswith(word)) for name in known) for word in said
    )
