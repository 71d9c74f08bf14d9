"""Values that only buttons carry: numbers, ids, yes or no, dates, entries."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.dialogue.parameters.base import Parameter
from bot.dialogue.parameters.day import NEAR
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context


class NumberParameter(Parameter[int]):
    """A plain number that a button carries."""

    example = "1"
    about = Text("which number")
    question = Text("Which number?")
    typed = False

    def take(self, typed: str, ctx: "Context") -> tuple[int, str] | None:
        """Read a number of at most nine digits, with or without a “#” before it."""
        match = re.match(r"#?(\d{1,9})(?!\w)", typed)
        return (int(match[1]), typed[match.end() :].strip()) if match else None


class WireParameter(Parameter[str]):
    """A word that a button carries, such as the id of a question."""

    example = "id"
    about = Text("which one")
    question = Text("Which one?")
    typed = False

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Take everything as it is."""
        return (typed, "") if typed else None


class FlagParameter(Parameter[bool]):
    """A yes that a button carries."""

    example = "1"
    about = Text("yes or no")
    question = Text("Yes?")
    typed = False

    def take(self, typed: str, ctx: "Context") -> tuple[bool, str] | None:
        """Read “1” for yes and “0” for no, and nothing else."""
        return (typed == "1", "") if typed in {"0", "1"} else None

    def wire(self, value: bool) -> str:
        """“1” for yes, “0” for no."""
        return "1" if value else "0"


class WireDayParameter(Parameter[date]):
    """A date that a button carries."""

    example = "2026-03-03"
    about = Text("which day")
    question = Text("Which day?")
    typed = False

    def take(self, typed: str, ctx: "Context") -> tuple[date, str] | None:
        """Read an ISO date that is near enough to today."""
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return None
        return (day, "") if abs(day - ctx.today) <= NEAR else None

    def wire(self, value: date) -> str:
        """The date in ISO 8601, such as “2026-03-03”."""
        return value.isoformat()


class EntriesParameter(Parameter[tuple[Mapping[str, str], ...]]):
    """Further entries that a button carries, each as wire words by the names of options."""

    example = "[]"
    about = Text("which entries")
    question = Text("Which entries?")
    typed = False

    def take(self, typed: str, ctx: "Context") -> tuple[tuple[Mapping[str, str], ...], str] | None:
        """Read a JSON list of objects; anything else is no value."""
        try:
            read = json.loads(typed)
        except ValueError:
            return None
        entries = read if isinstance(read, list) else []
        if not entries or not all(isinstance(entry, dict) for entry in entries):
            return None
        return tuple({str(name): str(wire) for name, wire in entry.items()} for entry in entries), ""

    def wire(self, value: tuple[Mapping[str, str], ...]) -> str:
        """The entries as compact JSON."""
        return self.written(value)

    @staticmethod
    def written(entries: Sequence[Mapping[str, str]]) -> str:
        """The entries as a wire word."""
        return json.dumps([dict(entry) for entry in entries], ensure_ascii=False, separators=(",", ":"))
