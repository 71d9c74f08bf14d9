"""Free words."""

import re
from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import Parameter, Unclear
from bot.dialogue.text import Plural, Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context


class WordsParameter(Parameter[str]):
    """Free words: a quoted passage, or all that is left. White space is folded, the length bounded."""

    greedy = True
    _QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')

    def __init__(self, example: str | Text, about: Text, question: Text, longest: int = 500) -> None:
        self.example = Text('"{words}"', words=example)
        self.about = about
        self.question = question
        self.longest = longest

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Take the quoted passage that the words begin with, else all of them."""
        match = self._QUOTED.match(typed)
        value = self.read(match[0] if match else typed, ctx)
        return (value, typed[match.end() :].strip() if match else "") if value else None

    def read(self, wire: str, ctx: "Context") -> str | None:
        """The words with single spaces and without quotation marks around them. Raises `Unclear` where they are too
        long."""
        value = " ".join(wire.split())
        while match := self._QUOTED.fullmatch(value):
            value = next(group for group in match.groups() if group is not None).strip()
        if len(value) > self.longest:
            raise Unclear(
                Plural(
                    "That is longer than the {n} character I can keep.",
                    "That is longer than the {n} characters I can keep.",
                    n=self.longest,
                )
            )
        return value or None
