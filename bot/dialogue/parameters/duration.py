"""How long somebody studied: amounts, and what two times of day have between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from bot.core.ledger import DAY_LIMIT
from bot.dialogue.parameters import day as days
from bot.dialogue.parameters.amounts import Amount, amount
from bot.dialogue.parameters.base import Choice, Parameter, Reading, Unclear, either, strip_filler
from bot.dialogue.parameters.numerals import number
from bot.dialogue.parameters.spans import Span, single, span
from bot.dialogue.plain import plain
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Plural, Text, Typed

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: what may come before “week” in “8 hours a week”
_PER = Text("a, per")
_LEAST_BARE = 10
"""A bare number below this could be hours as well as minutes: ask."""
_SIGN = re.compile(r"([-+])\s*(?=[\d½¼¾])")
_MINUTES = re.compile(r"\s+(?:and\s+|und\s+|&\s*)?([0-5]\d)(?![\w:/½¼¾-]|[.,]\d)")
_RANGE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s?-\s?(?=\d)")
_WORDED = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s+(?:to|or|bis|oder)\s+(?=\d)")
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-4])([0-5]\d)\s?-\s?([01]\d|2[0-4])([0-5]\d)(?![\w:/-]|[.,]\d)")
_SHORTEST = 15
"""Two times of day without a colon that are nearer to each other are likely years: 2019-2020."""
_DASH = re.compile(r"\s?-\s?(?=\d)")


@dataclass(frozen=True)
class Spent(Reading[int]):
    """An amount that was read, in minutes.

    `bare`: without a unit. `minutes`: (minutes, end) of a number after it that may be its minutes, if no other words
    follow. `clock`: it is a time of day and not an amount. `begins`: minutes since midnight where it began, if it goes
    over midnight.
    """

    bare: bool = False
    minutes: tuple[int, int] | None = None
    clock: bool = False
    begins: int | None = None


class DurationParameter(Parameter[int]):
    """An amount of time in whole minutes, more than zero and at most a day.

    A number without a unit is minutes, one with a fraction is hours; a small one could be either, and is asked about.
    Of two times of day it is the time between them.
    """

    def __init__(
        self, about: Text, question: Text, offers: Sequence[int] = (30, 60, 90, 120), example: str = "1h30"
    ) -> None:
        self.example = example
        self.about = about
        self.question = question
        self.offers = offers

    def take(self, typed: str, ctx: "Context") -> tuple[int, str] | None:
        """Read an amount in minutes. Raises `Unclear` where a number may be hours or minutes or a time of day,
        `Refusal` for none and for more than a day."""
        text = plain(typed)
        spent = self.at(text, 0, ctx)
        if spent is None or ((day := days.day_at(text, 0, ctx)) and day.end > spent.end):
            return None
        if spent.minutes and _nothing_follows(text, spent.minutes[1], ctx):
            spent = Spent(spent.minutes[1], (spent.value or 0) + spent.minutes[0])
        if spent.problem:
            raise Unclear(spent.problem, spent.choices, typed[spent.end :].strip())
        return self.checked(spent.value or 0), typed[spent.end :].strip()

    def checked(self, minutes: int) -> int:
        """The minutes, where they may be so many. Raises `Refusal` with what is wrong."""
        return check(minutes)

    def at(self, text: str, place: int, ctx: "Context") -> Spent | None:
        """See `Parameter.at`; what is less than nothing is -1."""
        sign = _SIGN.match(text, place)
        if worded := _WORDED.match(text, place):
            upper = amount(text, worded.end())
            if upper and not upper.bare and ":" not in text[worded.end() : upper.end]:
                return self._range(_least(worded, upper), upper, text[place : upper.end])
        if (digits := _FOUR_DIGITS.match(text, place)) and (clear := self._of_digits(digits)):
            return clear
        if sign is None and (clocks := span(text, place) or single(text, place)):
            counted = amount(text, place)
            if counted is None or clocks.end > counted.end or (clocks.end == counted.end and not counted.hours):
                return self._of_clocks(clocks, text[place : clocks.end])
        measured = amount(text, sign.end() if sign else place)
        if measured is None:
            bounds = _RANGE.match(text, place)
            upper = amount(text, bounds.end()) if bounds else None
            if bounds is None or upper is None or upper.bare:
                return None
            return self._range(_least(bounds, upper), upper, text[place : upper.end])
        if sign and sign[1] == "-":
            return Spent(measured.end, -1)
        other = _DASH.match(text, measured.end)
        if not sign and other and (upper := amount(text, other.end())):
            return self._range(measured.minutes, upper, text[place : upper.end])
        number = int(measured.bare) if measured.bare.isdigit() else 0
        if number and number < _LEAST_BARE and not sign:
            return Spent(measured.end, None, *_two_readings(number), bare=True)
        more = _MINUTES.match(text, measured.end) if measured.hours else None
        return Spent(
            measured.end,
            measured.whole,
            bare=bool(measured.bare),
            minutes=(int(more[1]), more.end()) if more else None,
        )

    def _of_clocks(self, clocks: Span, text: str) -> Spent:
        offers = tuple(
            Choice(words_for(n), f"{n}m") for n in clocks.lengths if n <= DAY_LIMIT // 2 or not clocks.single
        )
        if clocks.clear:
            return Spent(clocks.end, clocks.lengths[0], weak=clocks.weak, begins=clocks.begins)
        if clocks.single:
            problem = Text("I read “{words}” as a time of day. How long did you study?", words=text)
            offers = (*offers, *(Choice(words_for(n), f"{n}m") for n in self.offers))
            return Spent(clocks.end, None, problem, offers, weak=clocks.weak, clock=True)
        bare = re.fullmatch(r"(\d+)\s*-\s*(\d+)", text)
        offers += tuple(Choice(words_for(int(n)), f"{int(n)}m") for n in (bare.groups() if bare else ()) if int(n))
        problem = Text("How long is “{words}”?", words=text)
        return Spent(clocks.end, None, problem, offers, weak=clocks.weak)

    def _of_digits(self, digits: re.Match[str]) -> Spent | None:
        """Two times of day without a colon: what is between them is offered. None for years: 2019-2020."""
        begin, end = (int(digits[n]) * 60 + int(digits[n + 1]) for n in (1, 3))
        length = (end - begin) % DAY_LIMIT
        if length < _SHORTEST:
            return None
        offers = (Choice(words_for(length), f"{length}m"),)
        problem = Text("How long is “{words}”?", words=digits[0])
        return Spent(digits.end(), None, problem, offers, weak=True)

    def _range(self, least: Fraction, upper: Amount, text: str) -> Spent:
        """30-40 min, 1-2h: one of the two; 20h-21h: or what is between them."""
        bounds = (round(least), upper.whole, *([upper.whole - round(least)] if upper.hours else []))
        offers = tuple(Choice(words_for(n), f"{n}m") for n in dict.fromkeys(bounds) if 0 < n <= DAY_LIMIT)
        return Spent(upper.end, None, Text("How long is “{words}”?", words=text), offers)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """The amounts that were declared to be offered."""
        return [Choice(words_for(minutes), f"{minutes}m") for minutes in self.offers]

    def wire(self, value: int) -> str:
        """The amount in minutes, such as “90m”."""
        return f"{value}m"


class WeeklyHoursParameter(DurationParameter):
    """Hours a week, in minutes: a bare number is hours here. Whether the amount makes sense is the command's to say."""

    def __init__(self, offers: Sequence[int] = (8, 4, 6, 12)) -> None:
        about, question = Text("how many hours a week"), Text("How many hours a week do you want to study?")
        super().__init__(about, question, [hours * 60 for hours in offers], example="8")

    def take(self, typed: str, ctx: "Context") -> tuple[int, str] | None:
        """Read an amount a week in minutes; a number without a unit is hours."""
        typed = _a_week(ctx.locale).sub("", typed, count=1)
        text = plain(typed)
        sign = _SIGN.match(text)
        measured = amount(text, sign.end() if sign else 0)
        if measured is None and (counted := number(text, 0)) and text[0].isalpha():
            measured = Amount(counted[0], counted[1], bare="0")  # “six”
        if measured is None or (sign and sign[1] == "-"):
            return None
        minutes = round(measured.minutes * (60 if measured.bare.isdigit() else 1))
        # More than a year of minutes is nothing that a button could carry, and nobody's week.
        return (minutes, typed[measured.end :].strip()) if minutes < 10**6 else None

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Some usual amounts a week."""
        return [Choice(Text("{hours} h a week", hours=minutes // 60), f"{minutes // 60}h") for minutes in self.offers]


@cache
def _a_week(locale: str) -> re.Pattern[str]:
    per, week = either(_PER, locale), either(days.WEEK_WORDS, locale)
    return re.compile(rf"(?:\b(?:{per})\s|/)\s*(?:{week})\b", re.IGNORECASE)


def check(minutes: int) -> int:
    """The minutes, where an entry may have so many. Raises `Refusal` with what is wrong."""
    if minutes <= 0:
        raise Refusal(
            Text("An entry needs more than zero minutes, such as {example}.", example=Typed("45m")),
            Text("To take back something you logged, use {undo}.", undo=Typed("/undo")),
        )
    if minutes > DAY_LIMIT:
        raise Refusal(Text("{time} is more than a day has: an entry is for one day.", time=Minutes(minutes)))
    return minutes


def _least(bounds: re.Match[str], upper: Amount) -> Fraction:
    """The first number of a range, in the unit of the amount that ends it."""
    return Fraction(bounds[1].replace(",", ".")) * (60 if upper.hours else 1)


def _nothing_follows(text: str, end: int, ctx: "Context") -> bool:
    """Whether the number before `end` can only be the minutes of the hours before it: nothing follows, or a day."""
    rest = strip_filler(text[end:].strip(), ctx.locale)
    return not rest or (not rest[0].isdigit() and days.day_at(rest, 0, ctx) is not None)


def _two_readings(number: int) -> tuple[Text, tuple[Choice, ...]]:
    choices = tuple(Choice(words_for(minutes), f"{minutes}m") for minutes in (number * 60, number))
    return Plural("Is {n} an hour or a minute?", "Is {n} hours or minutes?", n=number), choices


def words_for(minutes: int) -> Text:
    """An amount of time as a label."""
    return Text("{time}", time=Minutes(minutes))
