"""Parameters: the kinds of values that commands take. Each is read from typed words, asked for, suggested, and carried
by buttons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.dialogue.text import Text
from bot.dialogue.wording import catalogue, languages

if TYPE_CHECKING:
    from bot.dialogue.context import Context
    from bot.dialogue.reminder import Reminder

T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """A value that a parameter may have: its label for people, and its wire word."""

    label: Text
    wire: str
    option: str | None = None
    """Set where the words turn out to be the value of another option of the same command."""


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What a parameter reads at a place of the words, up to `end`: a value, or a `problem` that is asked about with
    `choices`. `weak`: it counts only where no other words follow, as those may make it part of a note."""

    end: int
    value: T | None = None
    problem: Text | None = None
    choices: tuple[Choice, ...] = ()
    weak: bool = False


class Unclear(Exception):
    """What was typed has more than one reading. `rest` is what was typed after it, kept for the answer."""

    def __init__(self, problem: Text, choices: Sequence[Choice] = (), rest: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.choices = tuple(choices)
        self.rest = rest


class Parameter(Generic[T]):
    """A kind of value that commands take. One instance serves every request; it keeps no state."""

    example: str | Text
    """Something a learner could type; a text where it is made of words of a language."""
    about: Text
    """What it says, in a few words: for menus and `/help`."""
    question: Text
    """Asked when it is missing."""
    greedy = False
    """Whether it takes whatever is left, after all others had their turn."""
    typed = True
    """Whether people may type it; otherwise only buttons carry it."""

    stands_alone = False
    """Whether other words around it may change what it means: where those are not understood it is asked for again."""

    attached = False
    """Whether it is a file that comes with the request."""

    def take(self, typed: str, ctx: "Context") -> tuple[T, str] | None:
        """Read a value from the beginning of `typed`: the value and the rest of the words; None where there is none.

        Raises `Unclear` where there are several readings, `Refusal` where the value is clear but impossible.
        """
        raise NotImplementedError

    def at(self, text: str, place: int, ctx: "Context") -> Reading[T] | None:
        """What `plain` words hold at a place, for commands whose values may come in any order."""
        try:
            taken = self.take(text[place:], ctx)
        except Unclear as unclear:
            return Reading(len(text) - len(unclear.rest), None, unclear.problem, unclear.choices)
        return Reading(len(text) - len(taken[1]), taken[0]) if taken else None

    def read(self, wire: str, ctx: "Context") -> T | None:
        """The value of a whole wire word; None where it is not one."""
        taken = self.take(wire, ctx)
        return taken[0] if taken and not taken[1] else None

    def wire(self, value: T) -> str:
        """The value as a wire word, of which `read` makes the value again."""
        return str(value)

    def with_reminders(self, kinds: "Mapping[str, Reminder]") -> "Parameter[T]":
        """The parameter among the reminders that there are; the same for all but the one that chooses one of them."""
        return self

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Likely answers to the question, for buttons; the first is the default."""
        return ()

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """Values that what was typed so far may be the beginning of, for completion."""
        return [choice for choice in self.choices(ctx) if choice.wire.casefold().startswith(prefix.casefold())]


# note: small words that may come before a day, a time or an item, as in “on monday”, “at 18:00”, “in 2 weeks”
FILLER_WORDS = Text("on, for, at, of, in, to, until, till")


def spellings(text: Text, locale: str) -> list[str]:
    """What may be typed for a text that lists ways to write something, with commas: the language's and the English
    ones, in small letters, the longest first, so that none hides another."""
    listed = f"{text.message},{catalogue(locale).gettext(text.message)}".lower().split(",")
    return sorted({word for part in listed if (word := part.strip())}, key=lambda word: (-len(word), word))


def either(text: Text, locale: str) -> str:
    """A pattern for the `spellings` of a text."""
    return "|".join(map(re.escape, spellings(text, locale)))


def every_spelling(text: Text) -> list[str]:
    """What may be typed for such a text in any language that the bot speaks, the longest first."""
    known = {word for locale in languages() for word in spellings(text, locale)}
    return sorted(known, key=lambda word: (-len(word), word))


def in_any(text: Text) -> str:
    """A pattern for `every_spelling` of a text."""
    return "|".join(map(re.escape, every_spelling(text)))


@cache
def _filler(locale: str) -> re.Pattern[str]:
    # The last word is never filler: it may be the “on” of “reminders on”.
    return re.compile(rf"(?:{either(FILLER_WORDS, locale)})\s+(?=\S)|[:,;.-](?:\s+|$)", re.IGNORECASE)


def strip_filler(typed: str, locale: str) -> str:
    """`typed` without the small words at its beginning, such as “on” and “for”."""
    while match := _filler(locale).match(typed):
        typed = typed[match.end() :]
    return typed.strip()
