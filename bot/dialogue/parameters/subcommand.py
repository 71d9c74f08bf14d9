"""The sub-command that words name at their head."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import Choice, Parameter, every_spelling
from bot.dialogue.parameters.phrases import Phrases
from bot.dialogue.plain import plain, visible
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context

_SIGNS = " \t\n.,:;-"


class SubcommandParameter(Parameter[str]):
    """A sub-command by its name, or by one of its `spellings` in any language; `labels` are those offered as answers
    to the question."""

    def __init__(self, question: Text, spellings: Mapping[str, Sequence[Text]], labels: Mapping[str, Text]) -> None:
        self.question = self.about = question
        self.example = next(iter(labels.values()))
        self._spellings = spellings
        self._labels = labels

    @cached_property
    def _phrases(self) -> Phrases[str]:
        known = {
            plain(spelling): name
            for name, texts in self._spellings.items()
            for spelling in (name, *(word for text in texts for word in every_spelling(text)))
        }
        return Phrases(known)

    def named(self, typed: str) -> tuple[str, str] | None:
        """The sub-command that stands at the head of what was typed, and the rest as it was typed."""
        seen = visible(typed).strip(_SIGNS)
        phrase = self._phrases.at(plain(seen))
        if phrase is None:
            return None
        name, end = phrase
        # Cut off the words as they were typed: signs that nobody sees may matter in what follows.
        count = len(seen[:end].split())
        parts = typed.strip().split(maxsplit=count)
        as_typed = " ".join(parts[:count])
        if plain(visible(as_typed).strip(_SIGNS)) == plain(" ".join(seen[:end].split())):
            return name, "".join(parts[count:])
        return name, seen[end:].strip(_SIGNS)

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Read the name of a sub-command, or another word for it, at the beginning of the words."""
        return self.named(typed)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """The sub-commands that people may ask for."""
        return [Choice(label, name) for name, label in self._labels.items()]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """Names that could be meant, in the learner's language and in English."""
        begun = prefix.casefold()
        return [
            Choice(label, name)
            for name, label in self._labels.items()
            if name.startswith(begun) or ctx.say(label).casefold().startswith(begun)
        ]
