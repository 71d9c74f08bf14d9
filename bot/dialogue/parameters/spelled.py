"""One value out of a short list, where several words may be typed for each."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import spellings
from bot.dialogue.parameters.choice import ChoiceParameter
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context


class SpelledParameter(ChoiceParameter):
    """One of a few wire words, each with a label and with a text that lists, with commas, what may be typed for it."""

    def __init__(
        self, example: str | Text, about: Text, question: Text, options: Mapping[str, tuple[Text, Text]]
    ) -> None:
        super().__init__(example, about, question, {wire: label for wire, (label, _) in options.items()})
        self._spelled = {wire: listed for wire, (_, listed) in options.items()}

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Read a wire word, a label, or one of the other words listed for it; letter case does not matter."""
        # Not casefold(), which may change the length: what was read is cut off by its length.
        lowered = typed.lower()
        known = [
            (name, wire)
            for wire, label in self.options(ctx).items()
            for name in (wire, ctx.say(label).lower(), *spellings(self._spelled[wire], ctx.locale))
        ]
        # The longest first, so that none hides another.
        for name, wire in sorted(known, key=lambda pair: -len(pair[0])):
            if lowered.startswith(name) and not lowered[len(name) : len(name) + 1].isalnum():
                return wire, typed[len(name) :].strip()
        return None
