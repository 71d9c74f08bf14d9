"""Days of the week and times of day."""

import re
from collections.abc import Sequence
from datetime import time
from functools import cache
from typing import TYPE_CHECKING

from babel import dates

from bot.dialogue.parameters.base import FILLER_WORDS, Choice, Parameter, either, spellings
from bot.dialogue.text import Clock, Text
from bot.dialogue.text import Weekday as WeekdayText
from bot.dialogue.wording import SOURCE, formats

# note: as in “at 5 o'clock”
_OCLOCK = Text("o'clock")


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
    """A local time of day: 9:00, 18.30, 9am, 7 pm."""

    example = "18:30"
    about = Text("at what time")
    question = Text("At what time?")

    def take(self, typed: str, ctx: "Context") -> tuple[time, str] | None:
        """Read a time of day; “12 am” is midnight, “12 pm” noon."""
        match = _clock(ctx.locale).match(typed)
        if not match:
            return None
        hour, half = int(match["hour"]), (match["half"] or "").casefold()
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half == "pm" else 0)
        return time(hour, int(match["minute"] or 0)), typed[match.end() :].strip()

    def wire(self, value: time) -> str:
        """The time as “HH:MM”."""
        return value.strftime("%H:%M")

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Some usual hours of the day."""
        return [Choice(Text("{time}", time=Clock(time(hour))), f"{hour:02}:00") for hour in (7, 9, 12, 18, 20)]


@cache
def _clock(locale: str) -> re.Pattern[str]:
    oclock = rf"\s*(?:{either(_OCLOCK, locale)})"
    # "12 Uhr am Montag" is noon: where "am" is a word of the language, one before another word is not the English one.
    am = r"am(?!\s+\w)" if "am" in spellings(FILLER_WORDS, locale) else "am"
    return re.compile(
        rf"(?:at\s+)?(?P<hour>[01]?\d|2[0-3])(?:(?:[:.h]|{oclock}\s*)(?P<minute>[0-5]\d))?"
        rf"(?:{oclock})?\s*(?P<half>{am}|pm)?(?:{oclock})?(?![\w:]|[.,]\d)",
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
