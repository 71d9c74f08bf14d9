"""Times as people really type them: 1h30, 90, 90m, 1.5h, 2,5h, 1:30, 2h 15min, an hour."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bot.core.ledger import DAY_LIMIT
from bot.dialogue.parameters.base import Choice, Parameter, Unclear
from bot.dialogue.parameters.day import months_by_name
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Text, Typed
from bot.dialogue.wording import catalogue

if TYPE_CHECKING:
    from bot.dialogue.context import Context

_HOUR_WORDS = Text("h hr hrs hour hours")
_MINUTE_WORDS = Text("m min mins minute minutes")
_HALF = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_A_WEEK = re.compile(r"\s*(?:\b(?:a|per|pro)\s|/)\s*(?:week|wk|woche)\b", re.IGNORECASE)
_LEAST_BARE = 10
"""A bare number below this could be hours as well as minutes: ask."""


def _pattern(locale: str) -> re.Pattern[str]:
    def either(text: Text) -> str:
        known = {*text.message.split(), *catalogue(locale).gettext(text.message).split()}
        return "|".join(sorted(map(re.escape, known), key=len, reverse=True))

    hour, minute = rf"(?:{either(_HOUR_WORDS)})\b\.?", rf"(?:{either(_MINUTE_WORDS)}|['′])(?!\w)\.?"
    # Bounded: Python refuses to read a number of thousands of digits.
    number = r"\d{1,6}(?:[.,]\d{1,6})?[½¼¾]?|[½¼¾]"
    # "15 March" and "3 days ago" are no amounts of time.
    day = rf"\s+(?:of\s+)?(?:{'|'.join(map(re.escape, months_by_name(locale)))}|days?|weeks?)\b"
    return re.compile(
        rf"""(?P<sign>[-−+]\s*)?(?:
            (?P<clock_h>\d{{1,6}}):(?P<clock_m>[0-5]\d)(?::00)?(?:\s*{hour})?(?![\w:])
          | (?P<tight_h>\d{{1,6}})\s*(?:h|std)(?P<tight_m>[0-5]?\d)(?:\s*{minute})?(?![\w:]|[.,]\d)
          | (?P<hours>{number})\s*{hour}
            (?:\s*(?:(?:and|und|&|,)\s*)?(?P<and_m>\d{{1,6}})(?:\s*{minute}|(?<=\s[0-5]\d)\s*$))?
          | (?P<minutes>{number})\s*{minute}
          | (?P<half>half\ an?\ {hour}) | (?P<one>an?\ {hour}(?:\ and\ a\ half)?)
          | (?P<bare>{number})(?![\w:/.½¼¾-])(?!{day})
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _match(said: str, locale: str) -> re.Match[str] | None:
    pattern = _PATTERNS.get(locale) or _PATTERNS.setdefault(locale, _pattern(locale))
    return pattern.match(said)


class DurationParameter(Parameter[int]):
    """An amount of time in whole minutes, more than zero and at most a day. A number without a unit is minutes, one
    with a fraction hours; a small one could be either, and is asked about."""

    example = "1h30"

    def __init__(self, about: Text, question: Text, offers: Sequence[int] = (30, 60, 90, 120)) -> None:
        self.about = about
        self.question = question
        self.offers = offers

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        match = _match(said, ctx.locale)
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

    example = "8"

    def __init__(self, offers: Sequence[int] = (8, 4, 6, 12)) -> None:
        about, question = Text("how many hours a week"), Text("How many hours a week do you want to study?")
        super().__init__(about, question, [hours * 60 for hours in offers])

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        said = _A_WEEK.sub("", said, count=1)
        match = _match(said, ctx.locale)
        if not match or _negative(match):
            return None
        hours = 60 if match["bare"] and match["bare"].isdigit() else 1
        return _minutes(match) * hours, said[match.end() :].strip()

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [Choice(Text("{hours} h a week", hours=minutes // 60), f"{minutes // 60}h") for minutes in self.offers]


def _negative(match: re.Match[str]) -> bool:
    return (match["sign"] or "").strip() in {"-", "−"}


def _two_readings(bare: str, rest: str) -> Unclear:
    number = int(bare)
    choices = [Choice(words_for(minutes), f"{minutes}m") for minutes in (number * 60, number)]
    return Unclear(Text("Is {number} hours or minutes?", number=bare), choices, rest)


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
        return 90 if "half" in match["one"].casefold() else 60
    bare = match["bare"]
    return round(_number(bare)) if bare.isdigit() else round(_number(bare) * 60)


def _number(written: str) -> Fraction:
    half = _HALF.get(written[-1], Fraction(0))
    digits = written.rstrip("½¼¾").replace(",", ".")
    return Fraction(digits or 0) + half
