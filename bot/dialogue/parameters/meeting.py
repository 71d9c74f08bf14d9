"""When people meet, and what for: tonight 20:00, every tuesday, 25/5, "backprop"."""

import re
from collections.abc import Sequence
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bot.core.calendar import DAY, WEEK
from bot.core.session import Rhythm
from bot.dialogue.parameters.base import Choice, Parameter, Unclear, in_any
from bot.dialogue.parameters.clock import TimeOfDayParameter, WeekdayParameter
from bot.dialogue.parameters.day import DayParameter, choice
from bot.dialogue.parameters.lasting import LastingParameter
from bot.dialogue.parameters.spoken_clock import EVENING, NOON
from bot.dialogue.parameters.weekdays import WeekdaysParameter
from bot.dialogue.parameters.words import WordsParameter
from bot.dialogue.plain import plain
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: what may come before the days of a week on which something happens again and again, as in “every tuesday”
_EVERY = Text("every, each, weekly on, weekly every")
# note: once a week, in every form that may be typed
_WEEKLY = Text("weekly, every week, each week, once a week")
# note: what may come before the time at which something begins, as in “from 20:00”
_FROM = Text("from, starting at, beginning at")
_RHYTHM = re.compile(r"(\d{1,3})\s*(?:/|\+)\s*(\d{1,2})(?![\w/.:])")
_FIVES = 5
"""Minutes of study and rest are multiples of five, which few dates are on both sides: 25/12 is Christmas."""


class Days(NamedTuple):
    """A day, or the weekdays of a series (0 is Monday); with no weekdays it is weekly, on whatever day it begins."""

    day: date | None = None
    weekdays: tuple[int, ...] | None = None


class DaysParameter(Parameter[Days]):
    """The day on which people meet, today or later, or the days of every week. A weekday is the next one, today
    included."""

    example = Text("tomorrow")
    about = Text("on which day, or every tuesday")
    question = Text("On which day?")

    def take(self, typed: str, ctx: "Context") -> tuple[Days, str] | None:
        """Read “every tuesday”, “weekly” or a day. Two numbers that are minutes of study and rest are no date."""
        if taken := _every(typed, ctx):
            return taken
        rhythm = next((m for m in _RHYTHM.finditer(typed) if _RHYTHMS.take(typed[m.start() :], ctx)), None)
        until = rhythm.start() if rhythm else len(typed)
        day = _DAY.take(typed[:until].strip(), ctx) if until else None
        named = _WEEKDAY.take(typed, ctx)
        if day is None and named:  # “Fr”, which `DayParameter` takes for a word like any other
            return Days(ctx.today + (named[0] - ctx.today.weekday()) % WEEK.days * DAY), named[1]
        if day is None:
            again = _WEEKDAYS.take(typed, ctx)  # “tuesdays”
            return (Days(weekdays=again[0]), again[1]) if again else None
        today = named and day[0] == ctx.today + WEEK and named[0] == ctx.today.weekday()
        rest = f"{day[1]} {typed[until:]}".strip()
        rest = _with_part(typed[:until].strip().removesuffix(day[1]), rest, ctx)
        if match := _pattern(_WEEKLY).search(rest):
            rest = f"{rest[: match.start()]} {rest[match.end() :]}".strip()
            return Days(weekdays=(day[0].weekday(),)), rest
        return Days(ctx.today if today else day[0]), rest

    def read(self, wire: str, ctx: "Context") -> Days | None:
        """What `wire` made, or what `take` makes of all the words."""
        taken = self.take(wire, ctx)
        return taken[0] if taken and not taken[1] else None

    def wire(self, value: Days) -> str:
        """The date in ISO 8601, or “every monday,friday”, or “weekly”."""
        if value.day:
            return value.day.isoformat()
        return f"every {_WEEKDAYS.wire(value.weekdays)}" if value.weekdays else "weekly"

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Today and the two days after it."""
        return [choice(ctx.today + n * DAY) for n in range(3)]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """Names of days that begin with `prefix`."""
        return _DAY.suggest(prefix, ctx)


def _with_part(day: str, rest: str, ctx: "Context") -> str:
    """The words behind a day, with the part of the day that was taken with it before a time of day: tonight 8."""
    part = _part().search(plain(day.strip()))
    if part is None:
        return rest
    try:
        return (
            f"{part[0]} {rest}"
            if part["noon"] or (rest[:1].isdigit() and _CLOCK.take(f"{part[0]} {rest}", ctx))
            else rest
        )
    except Unclear:
        return rest


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<noon>{in_any(NOON)})|(?:{in_any(EVENING)}))$")


def _every(typed: str, ctx: "Context") -> tuple[Days, str] | None:
    """The days of a series at the head of the words."""
    match = _pattern(_EVERY).match(typed)
    taken = _WEEKDAYS.take(typed[match.end() :].strip(), ctx) if match else None
    if taken is None and (match := _pattern(_WEEKLY).match(typed)):
        taken = _WEEKDAYS.take(typed[match.end() :].strip(), ctx) or ((), typed[match.end() :].strip())
    if taken is None:
        taken = _WEEKDAYS.take(typed, ctx)
        taken = taken if taken and len(taken[0]) > 1 else None
    return (Days(weekdays=taken[0]), taken[1]) if taken else None


class RhythmParameter(Parameter[Rhythm]):
    """Minutes of study and of rest in turn: 50/10."""

    example = "50/10"
    about = Text("minutes of study and of rest, in turn")
    question = Text("How many minutes of study, and of rest?")

    def take(self, typed: str, ctx: "Context") -> tuple[Rhythm, str] | None:
        """Read two multiples of five with a slash between them; anything else may be a date."""
        match = _RHYTHM.match(typed)
        if not match or any(int(minutes) % _FIVES for minutes in match.groups()):
            return None
        return Rhythm(int(match[1]), int(match[2])), typed[match.end() :].strip()

    def read(self, wire: str, ctx: "Context") -> Rhythm | None:
        """Any two numbers with a slash between them."""
        match = _RHYTHM.fullmatch(wire.strip())
        return Rhythm(int(match[1]), int(match[2])) if match else None

    def wire(self, value: Rhythm) -> str:
        """Both numbers with a slash between them."""
        return f"{value.study}/{value.rest}"

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Usual ones."""
        return [Choice(Text("{study}/{rest}", study=study, rest=rest), f"{study}/{rest}") for study, rest in _USUAL]


_USUAL = ((50, 10), (25, 5), (90, 15))


class BeginsParameter(TimeOfDayParameter):
    """The local time at which people meet."""

    example = "20:00"
    about = Text("at what time it begins")

    def take(self, typed: str, ctx: "Context") -> tuple[time, str] | None:
        """Read a time of day, with or without “from” before it."""
        if _RHYTHMS.take(typed, ctx):
            return None
        match = _pattern(_FROM).match(typed)
        return super().take(typed[match.end() :].strip() if match else typed, ctx)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Some usual hours for it."""
        return [offer for offer in super().choices(ctx) if offer.wire >= "09:00"]


class TopicParameter(WordsParameter):
    """What it is about: quoted words, or those up to the next thing that is certainly a time, a day or a length."""

    def take(self, typed: str, ctx: "Context") -> tuple[str, str] | None:
        """Take a quoted passage, else the words before what is known."""
        if self._QUOTED.match(typed):
            return super().take(typed, ctx)
        for space in re.finditer(r"\s+", typed):
            rest = typed[space.end() :]
            if self._QUOTED.match(rest) or any(_certainly(parameter, rest, ctx) for parameter in _OTHERS):
                value = self.read(typed[: space.start()], ctx)
                return (value, rest) if value else None
        return super().take(typed, ctx)


def _certainly(parameter: Parameter[object], typed: str, ctx: "Context") -> bool:
    """Whether the words begin with a value; a number alone may be part of a topic."""
    if re.match(r"\d{1,4}\b(?![:/.\d])\s*(?!min|h\b|m\b|hour|stunde|std|[ap]m\b|uhr)", typed, re.IGNORECASE):
        return False
    try:
        return parameter.take(typed, ctx) is not None
    except (Unclear, Refusal):
        return True


_WEEKDAYS = WeekdaysParameter()
_WEEKDAY = WeekdayParameter()
_DAY = DayParameter(past=False)
_CLOCK = TimeOfDayParameter()
_RHYTHMS = RhythmParameter()
_OTHERS: tuple[Parameter[object], ...] = (
    _RHYTHMS,
    DaysParameter(),
    BeginsParameter(),
    LastingParameter(),
)  # type: ignore[assignment]  # a parameter is read here, never given a value


@cache
def _pattern(words: Text) -> re.Pattern[str]:
    return re.compile(rf"(?:{in_any(words)})(?!\w)", re.IGNORECASE)
