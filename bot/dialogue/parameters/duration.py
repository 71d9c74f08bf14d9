"""Times as people really type them: 1h30, 90, 90m, 1.5h, 2,5h, 1:30, 2h 15min, an hour."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from bot.core.ledger import DAY_LIMIT
from bot.dialogue.parameters import day as days
from bot.dialogue.parameters.base import FILLER_WORDS, ONE, Choice, Parameter, Unclear, either
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Plural, Text, Typed

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: what may follow the hours of “2 h”, in every form; a full stop after it is understood anyway
_HOUR_WORDS = Text("h, hr, hrs, hour, hours")
# note: what may follow the minutes of “45 min”, in every form; a full stop after it is understood anyway
_MINUTE_WORDS = Text("m, min, mins, minute, minutes")
# note: as in “2 hours and 15 minutes”
_AND = Text("and")
# note: what may stand before “hour” for 30 minutes
_HALF_AN = Text("half an, half a, half")
# note: what may stand before “hours” for 90 minutes
_ONE_AND_A_HALF = Text("one and a half")
# note: what may follow “an hour” for 90 minutes
_AND_A_HALF = Text("and a half")
# note: what may stand before “week” in “8 hours a week”
_PER = Text("a, per")
_HALF = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_LEAST_BARE = 10
"""A bare number below this could be hours as well as minutes: ask."""


@cache
def _a_week(locale: str) -> re.Pattern[str]:
    per, week = either(_PER, locale), either(days.WEEK_WORDS, locale)
    return re.compile(rf"(?:\b(?:{per})\s|/)\s*(?:{week})\b", re.IGNORECASE)


@cache
def _pattern(locale: str) -> re.Pattern[str]:
    def some(text: Text) -> str:
        return rf"(?:{either(text, locale)})"

    hour, minute = rf"{some(_HOUR_WORDS)}\b\.?", rf"(?:{some(_MINUTE_WORDS)}|['′])(?!\w)\.?"
    # Bounded: Python refuses to read a number of thousands of digits.
    number = r"\d{1,6}(?:[.,]\d{1,6})?[½¼¾]?|[½¼¾]"
    # "15 March" and "3 days ago" are no amounts of time.
    months = "|".join(map(re.escape, days.months_by_name(locale)))
    day = rf"\s+(?:of\s+)?(?:{months}|{some(days.DAY_WORDS)}|{some(days.WEEK_WORDS)})\b"
    # The 30 of "1 h 30" needs no unit where nothing follows, or the name of a day.
    named = rf"(?:{some(FILLER_WORDS)}\s+)?(?:{'|'.join(map(re.escape, days.named(locale)))})\b"
    return re.compile(
        rf"""(?P<sign>[-−+]\s*)?(?:
            (?P<clock_h>\d{{1,6}}):(?P<clock_m>[0-5]\d)(?::00)?(?:\s*{hour})?(?![\w:])
          | (?P<tight_h>\d{{1,6}})\s*{some(_HOUR_WORDS)}(?P<tight_m>[0-5]?\d)(?:\s*{minute})?(?![\w:]|[.,]\d)
          | (?P<hours>{number})\s*{hour}
            (?:\s*(?:(?:{some(_AND)}|&|,)\s*)?
               (?P<and_m>\d{{1,6}})(?:\s*{minute}|(?<=\s[0-5]\d)(?=\s*$|\s+{named})))?
          | (?P<minutes>{number})\s*{minute}
          | (?P<half>{some(_HALF_AN)}\s+{hour}) | (?P<more>{some(_ONE_AND_A_HALF)}\s+{hour})
          | (?P<one>{some(ONE)}\s+{hour}(?P<and_half>\s+{some(_AND_A_HALF)}(?!\w))?)
          | (?P<bare>{number})(?![\w:/.½¼¾-])(?!{day})
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


class DurationParameter(Parameter[int]):
    """An amount of time in whole minutes, more than zero and at most a day. A number without a unit is minutes, one
    with a fraction hours; a small one could be either, and is asked about."""

    def __init__(
        self, about: Text, question: Text, offers: Sequence[int] = (30, 60, 90, 120), example: str = "1h30"
    ) -> None:
        self.example = example
        self.about = about
        self.question = question
        self.offers = offers

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        match = _pattern(ctx.locale).match(said)
        if not match:
            return None
        minutes = _minutes(match)
        if match["bare"] and 0 < minutes < _LEAST_BARE and match["bare"].isdigit() and not match["sign"]:
            raise _two_readings(match["bare"], said[match.end() :].strip())
        if minutes <= 0 or _negative(match):
            raise Refusal(
                Text("An entry needs more than zero minutes, such as {example}.", example=Typed("45m")),
                Text("To take back something you logged, use {undo}.", undo=Typed("/undo")),
            )
        if minutes > DAY_LIMIT:
            raise Refusal(Text("{time} is more than a day has: an entry is for one day.", time=Minutes(minutes)))
        return minutes, said[match.end() :].strip()

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [Choice(words_for(minutes), f"{minutes}m") for minutes in self.offers]

    def wire(self, value: int) -> str:
        return f"{value}m"


class WeeklyHoursParameter(DurationParameter):
    """Hours a week, in minutes: a bare number is hours here. Whether the amount makes sense is the command's to say."""

    def __init__(self, offers: Sequence[int] = (8, 4, 6, 12)) -> None:
        about, question = Text("how many hours a week"), Text("How many hours a week do you want to study?")
        super().__init__(about, question, [hours * 60 for hours in offers], example="8")

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        said = _a_week(ctx.locale).sub("", said, count=1)
        match = _pattern(ctx.locale).match(said)
        if not match or _negative(match):
            return None
        hours = 60 if match["bare"] and match["bare"].isdigit() else 1
        minutes = _minutes(match) * hours
        # More than a year of minutes is nothing that a button could carry, and nobody's week.
        return (minutes, said[match.end() :].strip()) if minutes < 10**6 else None

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [Choice(Text("{hours} h a week", hours=minutes // 60), f"{minutes // 60}h") for minutes in self.offers]


def _negative(match: re.Match[str]) -> bool:
    return (match["sign"] or "").strip() in {"-", "−"}


def _two_readings(bare: str, rest: str) -> Unclear:
    number = int(bare)
    choices = [Choice(words_for(minutes), f"{minutes}m") for minutes in (number * 60, number)]
    return Unclear(Plural("Is {n} an hour or a minute?", "Is {n} hours or minutes?", n=number), choices, rest)


def words_for(minutes: int) -> Text:
    """An amount of time as a label."""
    return Text("{time}", time=Minutes(minutes))


def _minutes(match: re.Match[str]) -> int:
    if match["clock_h"] is not None:
        return int(match["clock_h"]) * 60 + int(match["clock_m"])
    if match["tight_h"] is not None:
        return int(match["tight_h"]) * 60 + int(match["tight_m"])
    if match["hours"] is not None:
        return round(_number(match["hours"]) * 60) + int(match["and_m"] or 0)
    if match["minutes"] is not None:
        return round(_number(match["minutes"]))
    if match["half"]:
        return 30
    if match["one"]:
        return 90 if match["and_half"] else 60
    if match["more"]:
        return 90
    bare = match["bare"]
    return round(_number(bare)) if bare.isdigit() else round(_number(bare) * 60)


def _number(written: str) -> Fraction:
    half = _HALF.get(written[-1], Fraction(0))
    digits = written.rstrip("½¼¾").replace(",", ".")
    return Fraction(digits or 0) + half
