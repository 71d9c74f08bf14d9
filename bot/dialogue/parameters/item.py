"""Items and modules of the learner's roadmap, by words that name them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import Choice, Parameter, Reading, Unclear
from bot.dialogue.parameters.itemnames import SMALL, WORD, ItemNames, names_of
from bot.dialogue.plain import plain
from bot.dialogue.text import Text, words
from roadmap.model import Item, Module

if TYPE_CHECKING:
    from bot.dialogue.context import Context

_PREFIX = 5
"""The least letters by which a word of a module's name is recognised."""
_OFFERED = 4
_JOINED = re.compile(r"[:/@.]+[^\s:/@.]")
"""Behind a word that is part of an address or the like: data:text/plain."""


class ItemParameter(Parameter[str]):
    """An item of the learner's roadmap by its id, its other names or words of its title; the value is the id."""

    example = "calculus"
    about = Text("which item of the roadmap")
    question = Text("Which item?")

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Read the id of an item by its names or by words of its title. Raises `Unclear` where several items, or a
        misspelt one, may be meant."""
        text = plain(typed)
        reading = self.at(text, 0, ctx)
        if reading is None:
            self._slip(typed, ctx)
            return None
        if _JOINED.match(text, reading.end):
            return None
        rest = typed[reading.end :].strip()
        if reading.value is None and reading.problem:
            raise Unclear(reading.problem, reading.choices, rest)
        return (reading.value, rest) if reading.value else None

    def at(self, text: str, place: int, ctx: "Context") -> Reading[str] | None:
        """See `Parameter.at`. Weak: words out of a title that may be anybody's, a misspelt name among other words."""
        names = _names(ctx)
        named = names.at(text, place)
        if named is None:
            return self._misspelt(names, text, place, ctx)
        typed = text[place : named.end]
        slips = () if named.name else names.slip_behind(text, named)
        if slips:
            end = named.end + 1 + len(WORD.match(text, named.end + 1)[0])  # type: ignore[index]
            problem = Text("I do not know “{words}”. Did you mean one of these?", words=text[place:end])
            return Reading(end, None, problem, self._offer(slips, ctx))
        # What the learner is at comes first; a word that only one open module knows is clear enough.
        current = [item.id for item in ctx.study.module.items if item.id in named.items]
        meant = current if len(named.items) > 1 and current else named.items
        weak = not named.name and len(typed.split()) == 1
        if len(meant) == 1:
            others = self._offer(named.items, ctx) if len(named.items) > 1 else ()
            return Reading(named.end, meant[0], choices=others, weak=weak)
        return Reading(
            named.end, None, Text("Which one is “{words}”?", words=typed), self._offer(meant, ctx), weak=weak
        )

    def read(self, wire: str, ctx: "Context") -> str | None:
        """The id itself, or what `take` makes of the words."""
        return wire if wire in ctx.study.roadmap.items else super().read(wire, ctx)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """The item the learner is at, then the others of its module."""
        study = ctx.study
        near = [*dict.fromkeys([study.item, *(item.id for item in study.module.items)])]
        return [_choice(study.roadmap.items[item]) for item in near]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """Items whose id or another name begins with `prefix`, or whose title has it anywhere."""
        items, wanted = ctx.study.roadmap.items.values(), prefix.casefold()
        return [
            _choice(item)
            for item in items
            if item.id.startswith(wanted)
            or wanted in item.title.casefold()
            or any(name.casefold().startswith(wanted) for name in item.also)
        ]

    def offer(self, id_: str, ctx: "Context") -> Choice:
        """The button's label and wire word for an item."""
        return _choice(ctx.study.roadmap.items[id_])

    def titled(self, title: str, ctx: "Context") -> str | None:
        """The id of the item whose whole name this quoted text is; None where it is no item's."""
        return _names(ctx).exact(title)

    def _offer(self, ids: Sequence[str], ctx: "Context") -> tuple[Choice, ...]:
        return tuple(_choice(ctx.study.roadmap.items[id_]) for id_ in ids)

    def _misspelt(self, names: ItemNames, text: str, place: int, ctx: "Context") -> Reading[str] | None:
        word = WORD.match(text, place)
        ids = names.alike(word[0], alone=False) if word else ()
        if not ids or word is None:
            return None
        problem = Text("I do not know “{words}”. Did you mean one of these?", words=word[0])
        return Reading(word.end(), None, problem, self._offer(ids[:_OFFERED], ctx))

    def alone(self, word: str, ctx: "Context") -> Reading[str] | None:
        """A misspelt name, as a question, where a single word is nearly one; None where it is not."""
        ids = _names(ctx).alike(plain(word), alone=True)
        if not ids:
            return None
        problem = Text("I do not know “{words}”. Did you mean one of these?", words=word)
        return Reading(len(word), None, problem, self._offer(ids[:_OFFERED], ctx))

    def _slip(self, typed: str, ctx: "Context") -> None:
        if slip := self.alone(typed.strip(), ctx):
            raise Unclear(slip.problem or self.question, slip.choices)


class ModuleParameter(Parameter[int]):
    """A module by its number on the roadmap, counted from 1, or by words of its title."""

    example = "3"
    about = Text("which module, by number or name")
    question = Text("Which module?")

    def take(self, typed: str, ctx: "Context") -> tuple[int, str] | None:
        """Read a module's number. Raises `Unclear` for a number that the roadmap does not have and for words of several
        titles."""
        modules = ctx.study.roadmap.modules
        number = re.fullmatch(r"\d{1,3}", typed)
        if number:
            if 1 <= int(typed) <= len(modules):
                return int(typed), ""
            raise Unclear(
                Text(
                    "This roadmap has modules 1 to {last}; there is no {number}.", last=len(modules), number=int(typed)
                ),
                self.choices(ctx),
            )
        phrase = typed.casefold()
        exact = [n for n, module in enumerate(modules, start=1) if phrase in {module.id, module.title.casefold()}]
        matching = exact or [n for n, m in enumerate(modules, start=1) if _matches(phrase, m.id, m.title)]
        if len(matching) > 1:
            raise Unclear(
                Text("Which one is “{words}”?", words=typed), [_module_choice(n, modules[n - 1]) for n in matching]
            )
        return (matching[0], "") if matching else None

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """All modules in their order."""
        return [_module_choice(n, module) for n, module in enumerate(ctx.study.roadmap.modules, start=1)]


def _choice(item: Item) -> Choice:
    return Choice(words(item.title), item.id)


def _module_choice(number: int, module: Module) -> Choice:
    return Choice(Text("{number}. {title}", number=number, title=module.title), str(number))


def _names(ctx: "Context") -> ItemNames:
    items = ctx.study.roadmap.items.values()
    return names_of(tuple((item.id, item.title, item.also) for item in items))


def _matches(phrase: str, id_: str, title: str) -> bool:
    """Whether every word of the phrase is a word of the name, or the beginning of one."""
    wanted = [word for word in WORD.findall(phrase) if word not in SMALL]
    known = WORD.findall(f"{title} {id_} {id_.replace('-', ' ')}".casefold())
    return bool(wanted) and all(
        any(name == word or (len(word) >= _PREFIX and name.startswith(word)) for name in known) for word in wanted
    )
