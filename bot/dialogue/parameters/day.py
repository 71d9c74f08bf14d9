"""Days as people name them: yesterday, monday, 3 March, 2026-03-03, 3.3., 2 days ago."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from bot.core.calendar import DAY, WEEK
from bot.dialogue.parameters import daynames
from bot.dialogue.parameters.base import Choice, Parameter, Reading, Unclear, every_spelling, strip_filler
from bot.dialogue.parameters.dates import NEAR, written
from bot.dialogue.parameters.numerals import number
from bot.dialogue.plain import plain
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Day, Text, words
from bot.dialogue.wording import SOURCE

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: as in “3 days ago”, “in 3 days”, in every form that may come after a number
DAY_WORDS = Text("day, days")
# note: as in “2 weeks ago”, “in 2 weeks”, “8 hours a week”
WEEK_WORDS = Text("week, weeks, wk")
# note: {n} is “3 days” or “2 weeks”
_AGO = Text("{n} ago")
_TO = re.compile(r"\s*(?:-+|to|bis|till?|until|through|thru)\s*(?=\w)")
_FIRST_OF_SPAN = re.compile(r"(\d{1,2})\.?\s*-\s*(?=\d{1,2}(?:\.\s*|\s+)[^\W\d_])")
_COMMA = re.compile(r"(?:[.,]*\s+|[.,]\s*)(?:(?:the|den|dem)\s+)?")
_WORDS_THEMSELVES = {"sat", "sun", "wed", "mon", "fri"}
"""Abbreviations that other words are as well: they count where no other words follow."""
_MOST = 7
"""So many days of a span are offered."""

__all__ = ["DAY_WORDS", "NEAR", "WEEK_WORDS", "DayParameter", "day_at"]


@dataclass(frozen=True)
class Dated(Reading[date]):
    """A day that was read. `loose`: the same words may be a number."""

    loose: bool = False


def day_at(text: str, place: int, ctx: "Context", *, past: bool = True) -> Dated | None:
    """The day at a place of `plain` words; two of them joined by a dash are a span, of which one day is asked for."""
    reading = (_vague(text, place, ctx) if past else None) or _one(text, place, ctx, past=past)
    first = _FIRST_OF_SPAN.match(text, place) if past else None
    last = _one(text, first.end(), ctx, past=past) if first else None
    if first and last and last.value:
        begin = last.value - ((last.value.day - int(first[1])) % 31) * DAY
        return _span(text[place : last.end], begin, last.value, last.end)
    if past and reading and reading.value and (to := _TO.match(text, reading.end)):
        last = _one(text, to.end(), ctx, past=past)
        if last and last.value and not last.loose:
            return _span(text[place : last.end], reading.value, last.value, last.end)
    return reading


class DayParameter(Parameter[date]):
    """A date near today. `past`: a weekday is the last one, today included; otherwise the next one after today."""

    example = Text("yesterday")
    about = Text("which day")
    question = Text("Which day?")

    def __init__(self, *, past: bool = True) -> None:
        self.past, self.stands_alone = past, not past
        if not past:
            self.example, self.about, self.question = Text("3 March"), Text("until which day"), Text("Until when?")

    def take(self, typed: str, ctx: "Context") -> tuple[date, str] | None:
        """Read a day by its name, number or date. Raises `Unclear` for several possible days and for spans of days."""
        reading = self.at(plain(typed), 0, ctx)
        if reading is None:
            typed = strip_filler(typed, ctx.locale)
            reading = self.at(plain(typed), 0, ctx)
        if reading is None or (reading.weak and reading.value is None):
            return None
        rest = typed[reading.end :].strip()
        if reading.value is None:
            raise Unclear(reading.problem or self.question, reading.choices or self.choices(ctx), rest)
        return reading.value, rest

    def at(self, text: str, place: int, ctx: "Context") -> Dated | None:
        """See `Parameter.at`."""
        reading = day_at(text, place, ctx, past=self.past)
        if reading and reading.value is None and not reading.choices:
            return Dated(reading.end, None, reading.problem, tuple(self.choices(ctx)))
        return reading

    def wire(self, value: date) -> str:
        """The date in ISO 8601, such as “2026-03-03”."""
        return value.isoformat()

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Today and the two days before it, none before the learner started; or one, two and four weeks ahead."""
        offers = (0, -1, -2) if self.past else (7, 14, 28)
        begun = _start(ctx) if self.past else None
        days = [ctx.today + n * DAY for n in offers]
        return [choice(day) for day in days if begun is None or day >= begun]

    def offer(self, day: date) -> Choice:
        """The button's label and wire word for a day."""
        return choice(day)

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """Names of days that begin with `prefix`, one name for each day."""
        known = [(name, f"{n:+}") for name, n in daynames.relative(ctx.locale).items() if (n <= 0) == self.past]
        known += [(name, f"weekday {n}") for name, n in daynames.weekdays(ctx.locale).items()]
        fitting = [(name, day) for name, day in known if name.startswith(prefix.casefold())]
        english = {*daynames.relative(SOURCE), *daynames.weekdays(SOURCE)} if ctx.locale != SOURCE else set()
        # Each day once: by a word of the learner's language where one fits, by the longest of them.
        longest = {day: name for name, day in sorted(fitting, key=lambda pair: (pair[0] not in english, len(pair[0])))}
        return [
            Choice(words(longest[day]), longest[day])
            for day in dict.fromkeys(day for _, day in known)
            if day in longest
        ]


def _start(ctx: "Context") -> date | None:
    """The first day on which the learner can have studied; None for who has not started."""
    try:
        return ctx.study.start
    except Refusal:
        return None


def choice(day: date) -> Choice:
    """The button's label and wire word for a day."""
    return Choice(Text("{day}", day=Day(day)), day.isoformat())


def _one(text: str, place: int, ctx: "Context", *, past: bool) -> Dated | None:
    return (
        _weekday(text, place, ctx, past=past)
        or _near(text, place, ctx)
        or _counted(text, place, ctx.today, past=past)
        or _written(text, place, ctx.today, past=past)
    )


def _near(text: str, place: int, ctx: "Context") -> Dated | None:
    if night := daynames.unclear_nights().at(text, place):
        both = (choice(ctx.today), choice(ctx.today - DAY))[:: -1 if night[0] else 1]
        return Dated(night[1], None, Text("Which day is “{words}”?", words=text[place : night[1]]), both)
    named = daynames.near().at(text, place)
    return Dated(_with_part(text, named[1]), ctx.today + named[0] * DAY) if named else None


def _with_part(text: str, end: int) -> int:
    """The end of the part of the day that may follow a day: monday morning."""
    follows = daynames.parts().at(text, end + 1) if text[end : end + 1] == " " else None
    return follows[1] if follows else end


def _weekday(text: str, place: int, ctx: "Context", *, past: bool) -> Dated | None:
    prefix = daynames.which().at(text, place)
    begins = prefix[1] + 1 if prefix and text[prefix[1] : prefix[1] + 1] == " " else place
    named = daynames.every_weekday().at(text, begins) or _short(text, begins)
    if named is None:
        return None
    weekday, end = named
    kind = prefix[0] if prefix and begins != place else ""
    dated = None if kind else _date_behind(text, end, ctx.today, past=past)
    if dated:
        return _agreeing(text[place : dated.end], weekday, dated)
    if text[place:end] in daynames.short_weekdays():
        return None
    back = (ctx.today.weekday() - weekday) % 7
    if kind == "last":
        back = back or 7
    elif kind == "next" or (not past and kind != "last"):
        back -= 7
    named_part = _with_part(text, end)
    if named_part == end and text[end : end + 1] == ".":
        end += 1
    return Dated(max(named_part, end), ctx.today - back * DAY, weak=text[place : named[1]] in _WORDS_THEMSELVES)


def _short(text: str, place: int) -> tuple[int, int] | None:
    """An abbreviation of two letters: only before a date, as the caller sees to."""
    number_ = daynames.short_weekdays().get(text[place : place + 2])
    return None if number_ is None or text[place + 2 : place + 3].isalnum() else (number_, place + 2)


def _date_behind(text: str, end: int, today: date, *, past: bool) -> Dated | None:
    comma = _COMMA.match(text, end)
    if comma is None:
        return None
    reading = _written(text, comma.end(), today, past=past)
    return reading if reading and not reading.loose else None


def _agreeing(text: str, weekday: int, dated: Dated) -> Dated:
    """A weekday with a date: the date, where it is one; else both are offered."""
    day = dated.value
    if day is None or day.weekday() == weekday:
        return dated
    ahead = (weekday - day.weekday()) % 7
    other = day + (ahead if ahead < 4 else ahead - 7) * DAY
    problem = Text("“{words}” is another day of the week. Which day is it?", words=text)
    return Dated(dated.end, None, problem, (choice(day), choice(other)))


def _written(text: str, place: int, today: date, *, past: bool) -> Dated | None:
    reading = written(text, place, today, past=past)
    if reading is None:
        return None
    typed = text[place : reading.end]
    if not reading.days:
        return Dated(reading.end, None, Text("There is no day “{words}” near today. Which day?", words=typed))
    if len(reading.days) > 1:
        return Dated(reading.end, None, Text("Which day is {day}?", day=typed), tuple(map(choice, reading.days)))
    return Dated(reading.end, reading.days[0], weak=reading.loose, loose=reading.loose)


def _counted(text: str, place: int, today: date, *, past: bool) -> Dated | None:
    """“3 days ago”, “vor 3 Tagen”, “2d”; and “3 days” where a day to come is wanted."""
    for before, after in _ago():
        if text.startswith(before, place) and (span := _days(text, place + len(before))):
            count, end, _ = span
            if text.startswith(after, end) and not text[end + len(after) : end + len(after) + 1].isalnum():
                return _shifted(today, -count, end + len(after))
    span = _days(text, place)
    if span is None:
        return None
    if not past:
        return _shifted(today, span[0], span[1])
    if span[2]:
        # “2d”: so many days back, where no words follow that make a note of it.
        return Dated(span[1], today - span[0] * DAY, weak=True)
    problem = Text("Which day is “{words}”?", words=text[place : span[1]])
    offers = (choice(today - span[0] * DAY), choice(today)) if span[0] * DAY <= NEAR else ()
    return Dated(span[1], None, problem, offers, weak=True)


def _shifted(today: date, days: int, end: int) -> Dated | None:
    return Dated(end, today + days * DAY) if abs(days) * DAY <= NEAR else None


@cache
def _ago() -> tuple[tuple[str, str], ...]:
    return tuple(
        (plain(before), plain(after)) for before, _, after in (a.partition("{n}") for a in every_spelling(_AGO))
    )


@cache
def _units() -> re.Pattern[str]:
    days, weeks = ("|".join(map(re.escape, every_spelling(text))) for text in (DAY_WORDS, WEEK_WORDS))
    return re.compile(rf"(?:\s+(?:(?P<weeks>{weeks})|{days})|(?P<letter>[dw]))(?!\w)")


def _days(text: str, place: int) -> tuple[int, int, bool] | None:
    """So many days and where they end, for “3 days”, “a week”, “2d”; and whether it is but a letter."""
    counted = number(text, place)
    unit = _units().match(text, counted[1]) if counted else None
    if counted is None or unit is None or counted[0].denominator != 1 or counted[0] > 999:
        return None
    if unit["letter"] and not text[place].isdigit():
        return None
    weeks = unit["weeks"] or unit["letter"] == "w"
    return int(counted[0]) * (WEEK // DAY if weeks else 1), unit.end(), bool(unit["letter"])


def _vague(text: str, place: int, ctx: "Context") -> Dated | None:
    phrase = daynames.vague().at(text, place)
    if not phrase:
        return None
    first = ctx.weeks.first_of(ctx.today)
    offers = tuple(choice(ctx.today - n * DAY) for n in range(_MOST)) if phrase[0] else ()
    typed = text[place : phrase[1]]
    if phrase[0] and daynames.which().at(typed) and daynames.which().at(typed)[0] == "last":  # type: ignore[index]
        offers = tuple(choice(first - n * DAY) for n in range(1, _MOST + 1))
    return Dated(phrase[1], None, Text("Which day is “{words}”?", words=typed), offers)


def _span(text: str, first: date, last: date, end: int) -> Dated:
    """A span of days: an entry is for one of them."""
    if first > last:
        first, last = last, first
    days = [first + n * DAY for n in range(min(_MOST, (last - first).days + 1))]
    problem = Text("An entry is for one day. Which one of “{words}”?", words=text)
    return Dated(end, None, problem, tuple(map(choice, days)))
