"""Days of the week and times of day."""

import re
from collections.abc import Sequence
from datetime import time
from functools import cache
from typing import TYPE_CHECKING

from babel import dates

from bot.dialogue.parameters.base import (
    FILLER_WORDS,
    Choice,
    Parameter,
    Unclear,
    either,
    every_spelling,
    in_any,
    spellings,
)
from bot.dialogue.parameters.spoken_clock import ABOUT, EVENING, MORNING, spoken_clock
from bot.dialogue.plain import plain
from bot.dialogue.text import Clock, Text
from bot.dialogue.text import Weekday as WeekdayText
from bot.dialogue.wording import SOURCE, formats

# note: as in “at 5 o'clock”
_OCLOCK = Text("o'clock")
# note: what may come before a time of day: at 7, around half past seven
_AROUND = Text("at, around, about, at around, at about, approx, circa, ca")
_NOON = 12 * 60


if TYPE_CHECKING:
    from bot.dialogue.context import Context


class WeekdayParameter(Parameter[int]):
    """A day of the week, 0 is Monday."""

    example = Text("friday")
    about = Text("which day of the week")
    question = Text("Which day of the week?")

    def take(self, typed: str, ctx: "Context") -> tuple[int, str] | None:
        """Read the name of a day of the week or its abbreviation, in the learner's language or in English."""
        match = re.match(r"([^\W\d_]+)\.?", typed)
        number = _weekdays(ctx.locale).get(match[1].casefold()) if match else None
        return (number, typed[match.end() :].strip()) if match and number is not None else None

    def wire(self, value: int) -> str:
        """The English name in small letters, such as “friday”."""
        return str(dates.get_day_names("wide", "format", formats(SOURCE))[value]).casefold()

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """All seven days from Monday on."""
        return [Choice(Text("{weekday}", weekday=WeekdayText(n)), self.wire(n)) for n in range(7)]


class TimeOfDayParameter(Parameter[time]):
    """A local time of day: 9:00, 18.30, 9am, 7 pm, noon, half past seven pm, 8 in the evening."""

    example = "18:30"
    about = Text("at what time")
    question = Text("At what time?")

    def take(self, typed: str, ctx: "Context") -> tuple[time, str] | None:
        """Read a time of day; “12 am” is midnight, “12 pm” noon. Raises `Unclear` for one in words that may be in the
        morning as well as in the evening."""
        text = plain(typed)
        before = _part_before().match(text)
        begins = before.end() if before else 0
        begins = _around().match(text, begins).end()  # type: ignore[union-attr]  # it may be empty
        spoken = spoken_clock(text, begins)
        digits = None if spoken else _clock(ctx.locale).match(typed, begins)
        if spoken is None and digits is None:
            return None
        minutes, end, sure = (spoken.minutes, spoken.end, spoken.sure) if spoken else _in_digits(digits)
        if minutes is None:
            return None
        behind = (
            _part_behind().match(text, end) if not sure or (digits and minutes < _NOON and not digits["half"]) else None
        )
        if half := (behind or before):
            sure, late = True, bool(half["evening"])
            minutes += _NOON if late and minutes < _NOON else 0
            end = behind.end() if behind else end
        if about := _about().match(text, end):
            end = about.end()
        rest = typed[end:].strip()
        if not sure:
            problem = Text("Is “{words}” in the morning or in the evening?", words=typed[:end].strip())
            raise Unclear(problem, [_offer(minutes % _NOON), _offer(minutes % _NOON + _NOON)], rest)
        return time(minutes // 60, minutes % 60), rest

    def wire(self, value: time) -> str:
        """The time as “HH:MM”."""
        return value.strftime("%H:%M")

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Some usual hours of the day."""
        return [Choice(Text("{time}", time=Clock(time(hour))), f"{hour:02}:00") for hour in (7, 9, 12, 18, 20)]


def _in_digits(match: re.Match[str] | None) -> tuple[int | None, int, bool]:
    """Minutes since midnight, where they end, and that they are clear; None for no time of day, such as 13 pm."""
    if match is None:
        return None, 0, True
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None, match.end(), True
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + int(match["minute"] or 0), match.end(), True


def _offer(minutes: int) -> Choice:
    at = time(minutes // 60, minutes % 60)
    return Choice(Text("{time}", time=Clock(at)), f"{at:%H:%M}")


@cache
def _around() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{in_any(_AROUND)})\s+)*")


@cache
def _part_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<evening>{in_any(EVENING)})|(?:{in_any(MORNING)}))[\s,]+(?=(?:(?:{in_any(_AROUND)})\s+)*\d)"
    )


@cache
def _part_behind() -> re.Pattern[str]:
    """The part of the day, or am or pm; a single word before others may be theirs: “morning routine”."""
    parts = (
        f"(?:{'|'.join(re.escape(w) for w in every_spelling(t) if ' ' in w or w.endswith('s'))})"
        for t in (EVENING, MORNING)
    )
    late, early = parts
    return re.compile(
        rf"\s*(?:(?P<evening>pm|p\.m\.|{late}|(?:{in_any(EVENING)})(?!\s+[^\W\d]))|(?:am|a\.m\.)(?!\s+\w)|{early}|"
        rf"(?:{in_any(MORNING)})(?!\s+[^\W\d]))(?!\w)"
    )


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*-?\s*(?:{in_any(ABOUT)}))(?!\w)")


@cache
def _clock(locale: str) -> re.Pattern[str]:
    oclock = rf"\s*(?:{either(_OCLOCK, locale)})"
    # "12 Uhr am Montag" is noon: where "am" is a word of the language, one before another word is not the English one.
    am = r"am(?!\s+\w)" if "am" in spellings(FILLER_WORDS, locale) else "am"
    return re.compile(
        rf"(?:at\s+)?(?P<hour>[01]?\d|2[0-3])(?:(?:[:.h]|{oclock}\s*)(?P<minute>[0-5]\d))?"
        rf"(?:{oclock})?\s*(?P<half>{am}|pm)?(?:{oclock})?(?=-?(?:{in_any(ABOUT)})\b|(?![\w:]|[.,]\d))",
        re.IGNORECASE,
    )


@cache
def _weekdays(locale: str) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for code in (SOURCE, locale)
        for width in ("abbreviated", "wide")
        for number, name in dates.get_day_names(width, "format", formats(code)).items()
    }


def weekday_names(locale: str) -> tuple[str, ...]:
    """The words that name a day of the week."""
    return tuple(_weekdays(locale))
