"""How long people meet, or until when: 90m, until 21:30."""

import re
from collections.abc import Sequence
from datetime import time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bot.dialogue.parameters.base import Choice, Parameter, in_any
from bot.dialogue.parameters.clock import TimeOfDayParameter
from bot.dialogue.parameters.duration import DurationParameter
from bot.dialogue.parameters.spoken_clock import spoken_clock
from bot.dialogue.plain import plain
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: what may come before the time at which something ends, as in “until 21:30”
_UNTIL = Text("until, till, to")
_MOST = 10**5
"""Minutes that a button can carry; of what is longer it is enough to know that it is too long."""
_SURE = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m\b)", re.IGNORECASE)


class Lasting(NamedTuple):
    """How long something lasts: so many minutes, or up to a local time."""

    minutes: int | None = None
    until: time | None = None


class _LengthParameter(DurationParameter):
    """How long people meet, in minutes: whether anybody meets for so long is the command's to say."""

    def checked(self, minutes: int) -> int:
        return min(max(minutes, 0), _MOST)


class LastingParameter(Parameter[Lasting]):
    """How long people meet, or until when: 90m, until 21:30, or behind the beginning 20:00-21:30."""

    example = Text("90m")
    about = Text("how long it lasts, or until when")
    question = Text("How long does it last?")

    def take(self, typed: str, ctx: "Context") -> tuple[Lasting, str] | None:
        """Read a time of day with minutes, or one behind “until” or a dash; else an amount of time."""
        match = _until().match(typed) or re.match(r"[-–—]\s*", typed)
        rest = typed[match.end() :].strip() if match else typed
        if (match or _SURE.match(rest) or spoken_clock(plain(rest), 0)) and (clock := _CLOCK.take(rest, ctx)):
            return Lasting(until=clock[0]), clock[1]
        amount = _AMOUNT.take(typed, ctx)
        return (Lasting(amount[0]), amount[1]) if amount else None

    def wire(self, value: Lasting) -> str:
        """The amount in minutes, such as “90m”, or the time behind “until”."""
        return f"until {value.until:%H:%M}" if value.until else f"{value.minutes}m"

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Some usual amounts."""
        return _AMOUNT.choices(ctx)


_CLOCK = TimeOfDayParameter()
_AMOUNT = _LengthParameter(Text("how long it lasts"), Text("How long does it last?"), (60, 90, 120), "90m")


@cache
def _until() -> re.Pattern[str]:
    return re.compile(rf"(?:{in_any(_UNTIL)})(?!\w)", re.IGNORECASE)
