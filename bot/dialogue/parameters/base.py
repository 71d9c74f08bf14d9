"""What a parameter of a command is: read from what people type, asked for, suggested, written in a button."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context

T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """One value a parameter may have: what people see, and its wire word."""

    label: Text
    wire: str
    option: str | None = None
    """Set where the words turn out to be the value of another option of the same command."""


class Unclear(Exception):
    """What was typed has more than one reading. `rest` is what was typed after it, kept for later."""

    def __init__(self, problem: Text, choices: Sequence[Choice] = (), rest: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.choices = tuple(choices)
        self.rest = rest


class Parameter(Generic[T]):
    """A kind of value that commands take. One instance serves every request; it keeps no state."""

    example: str
    """Something a learner could type."""
    about: Text
    """What it says, in a few words: for menus and `/help`."""
    question: Text
    """Asked when it is missing."""
    greedy = False
    """Whether it takes whatever is left, after all others had their turn."""
    typed = True
    """Whether people may type it; otherwise only buttons carry it."""

    def take(self, said: str, ctx: "Context") -> tuple[T, str] | None:
        """Read a value from the beginning of `said`: the value and the rest; None where there is none.

        Raises `Unclear` where there are several readings, `Refusal` where the value is plain but impossible.
        """
        raise NotImplementedError

    def read(self, wire: str, ctx: "Context") -> T | None:
        """The value of a whole wire word; None where it is none."""
        taken = self.take(wire, ctx)
        return taken[0] if taken and not taken[1] else None

    def wire(self, value: T) -> str:
        """The value as a wire word: `read` gives it back."""
        return str(value)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Good answers to the question, for buttons; the first is the default."""
        return ()

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """Values that could be meant by what was typed so far, for completion."""
        return [choice for choice in self.choices(ctx) if choice.wire.casefold().startswith(prefix.casefold())]


_FILLER = re.compile(r"(on|for|at|of|in|am|im|für|an|to|until|till|bis|:|-|,|;|\.)(\s+|$)", re.IGNORECASE)


def strip_filler(said: str) -> str:
    """`said` without the small words between values."""
    while match := _FILLER.match(said):
        said = said[match.end() :]
    return said.strip()
