"""Days as people name them: yesterday, monday, 3 March, 2026-03-03, 3.3., 2 days ago."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from babel import dates

from bot.core.calendar import DAY, WEEK
from bot.dialogue.parameters.base import ONE, Choice, Parameter, Unclear, either, spellings, strip_filler
from bot.dialogue.text import Day, Text, words
from bot.dialogue.wording import SOURCE, formats

if TYPE_CHECKING:
    from bot.dialogue.context import Context

_RELATIVE: Mapping[Text, int] = {
    Text("today"): 0,
    Text("yesterday"): -1,
    Text("the day before yesterday, day before yesterday"): -2,
    Text("tomorrow"): 1,
    Text("the day after tomorrow, day after tomorrow"): 2,
}
# note: as in “last monday”, in every form that may stand before a weekday
_LAST = Text("last")
# note: as in “next monday”, in every form that may stand before a weekday
_NEXT = Text("next")
# note: as in “this monday”, in every form that may stand before a weekday
_THIS = Text("this")
# note: as in “3 days ago”, “in 3 days”, in every form that may stand after a number
DAY_WORDS = Text("day, days")
# note: as in “2 weeks ago”, “in 2 weeks”, “8 hours a week”
WEEK_WORDS = Text("week, weeks, wk")
# note: {n} is “3 days” or “2 weeks”
_AGO = Text("{n} ago")
_NUMERIC = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\w)|(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})|(\d{2}))?(?!\w)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\w/])")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:(?:st|nd|rd|th)?\s+(?:of\s+)?|\.\s*)([^\W\d_]+)\.?(?:,?\s+(\d{4}))?(?!\w)")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?(?![\w:]|[.,]\d)")
NEAR = timedelta(days=20 * 366)
"""No plan reaches further; and every day up to a date must be cheap to walk through."""


class DayParameter(Parameter[date]):
    """A date near today. `past`: a weekday is the last one, today included; else the next one after today."""

    example = Text("yesterday")
    about = Text("which day")
    question = Text("Which day?")

    def __init__(self, *, past: bool = True) -> None:
        self.past = past
        if not past:
            self.example, self.about, self.question = Text("3 March"), Text("until which day"), Text("Until when?")

    def take(self, said: str, ctx: "Context") -> tuple[date, str] | None:
        typed = strip_filler(said, ctx.locale)
        # Not casefold(), which may change the length: what was read is cut off by its length.
        lowered, today = typed.lower(), ctx.today
        found = (
            self._named(lowered, ctx.locale, today)
            or self._counted(lowered, ctx.locale, today)
            or _numeric(lowered, today)
            or _with_month(lowered, ctx.locale, today)
            or self._slashed(lowered, today)
        )
        if not found:
            self._refuse_impossible(typed, ctx)
            return None
        day, length = found
        return day, typed[length:].strip()

    def wire(self, value: date) -> str:
        return value.isoformat()

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        offers = (0, -1, -2) if self.past else (7, 14, 28)
        return [self._choice(ctx.today + n * DAY) for n in offers]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        known = [(name, f"{n:+}") for name, n in _relative(ctx.locale).items() if (n <= 0) == self.past]
        known += [(name, f"weekday {n}") for name, n in _weekdays(ctx.locale).items()]
        fitting = [(name, day) for name, day in known if name.startswith(prefix.casefold())]
        english = set(named(SOURCE)) if ctx.locale != SOURCE else set()
        # Each day once: by a word of the learner's language where one fits, by the longest of them.
        longest = {day: name for name, day in sorted(fitting, key=lambda one: (one[0] not in english, len(one[0])))}
        return [
            Choice(words(longest[day]), longest[day])
            for day in dict.fromkeys(day for _, day in known)
            if day in longest
        ]

    def _choice(self, day: date) -> Choice:
        return Choice(Text("{day}", day=Day(day)), day.isoformat())

    def _named(self, said: str, locale: str, today: date) -> tuple[date, int] | None:
        for name, n in _relative(locale).items():
            if _starts(said, name):
                return today + n * DAY, len(name)
        match = _weekday(locale).match(said)
        if match and (weekday := _weekdays(locale).get(match["name"])) is not None:
            back = (today.weekday() - weekday) % 7
            if match["last"]:
                back = back or 7
            elif match["next"] or not self.past:
                back -= 7
            return today - back * DAY, match.end()
        return None

    def _counted(self, said: str, locale: str, today: date) -> tuple[date, int] | None:
        ago, ahead = _spans(locale)
        for sign, patterns in ((-1, ago), (1, () if self.past else (ahead,))):
            for pattern in patterns:
                if match := pattern.match(said):
                    count = int(match["n"]) if match["n"].isdigit() else 1
                    return today + sign * count * (WEEK if match["weeks"] else DAY), match.end()
        return None

    def _refuse_impossible(self, typed: str, ctx: "Context") -> None:
        """A date that is none, such as 31 February, is asked about instead of becoming a note."""
        lowered, months = typed.lower(), months_by_name(ctx.locale)
        match = _NUMERIC.match(lowered)
        for pattern, name in ((_DAY_FIRST, 2), (_MONTH_FIRST, 1)):
            if match is None and (dated := pattern.match(lowered)) and dated[name] in months:
                match = dated
        if match:
            said, rest = typed[: match.end()], typed[match.end() :].strip()
            raise Unclear(Text("There is no day “{words}” near today. Which day?", words=said), self.choices(ctx), rest)

    def _slashed(self, said: str, today: date) -> tuple[date, int] | None:
        match = _SLASHED.match(said)
        if not match:
            return None
        one, other, year = match.groups()
        pairs = ((int(one), int(other)), (int(other), int(one)))
        readings = sorted({found for pair in pairs if (found := _near(*pair, year, today))})
        if len(readings) > 1:
            offers = [self._choice(day) for day in readings]
            raise Unclear(Text("Which day is {day}?", day=match[0]), offers, said[match.end() :].strip())
        return (readings[0], match.end()) if readings else None


def _starts(said: str, name: str) -> bool:
    return said.startswith(name) and not said[len(name) : len(name) + 1].isalnum()


def _numeric(said: str, today: date) -> tuple[date, int] | None:
    match = _NUMERIC.match(said)
    if not match:
        return None
    if match[1]:
        day = _near(int(match[3]), int(match[2]), match[1], today)
    else:
        day = _near(int(match[4]), int(match[5]), match[6] or match[7], today)
    return (day, match.end()) if day else None


def _with_month(said: str, locale: str, today: date) -> tuple[date, int] | None:
    months = months_by_name(locale)
    if (match := _DAY_FIRST.match(said)) and match[2] in months:
        day = _near(int(match[1]), months[match[2]], match[3], today)
    elif (match := _MONTH_FIRST.match(said)) and match[1] in months:
        day = _near(int(match[2]), months[match[1]], match[3], today)
    else:
        return None
    return (day, match.end()) if day else None


def _near(day: int, month: int, year: str | None, today: date) -> date | None:
    """The date; without a year the one nearest to today. None where there is no such date near today."""
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else range(today.year - 1, today.year + 2)
    readings = [found for year_ in years if (found := _date(year_, month, day)) and abs(found - today) <= NEAR]
    return min(readings, key=lambda found: abs(found - today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _relative(locale: str) -> dict[str, int]:
    """Names of days near today in the language and in English; the longest first, so that none hides another."""
    names = {name: n for text, n in _RELATIVE.items() for name in spellings(text, locale)}
    return dict(sorted(names.items(), key=lambda name: -len(name[0])))


@cache
def _weekday(locale: str) -> re.Pattern[str]:
    last, coming, this = (either(text, locale) for text in (_LAST, _NEXT, _THIS))
    which = rf"(?:(?:(?P<last>{last})|(?P<next>{coming})|{this})\s+)?"
    return re.compile(rf"{which}(?P<name>[^\W\d_]+)\.?(?!\w)")


@cache
def _spans(locale: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """“3 days ago”, in each language's order of words; and “3 days”."""
    count, days, weeks = (either(text, locale) for text in (ONE, DAY_WORDS, WEEK_WORDS))
    span = rf"(?P<n>\d{{1,3}}|{count})\s+(?:(?P<weeks>{weeks})|{days})(?!\w)"
    parts = (ago.partition("{n}") for ago in spellings(_AGO, locale))
    ago = tuple(re.compile(rf"{re.escape(before)}{span}{re.escape(after)}(?!\w)") for before, _, after in parts)
    return ago, re.compile(span)


@cache
def _weekdays(locale: str) -> dict[str, int]:
    return {**_names(locale, dates.get_day_names), "tues": 1, "thur": 3, "thurs": 3}


@cache
def named(locale: str) -> tuple[str, ...]:
    """The words that name a day near today by themselves."""
    return (*_relative(locale), *_weekdays(locale))


@cache
def months_by_name(locale: str) -> dict[str, int]:
    """Months by their names and abbreviations, in the language and in English."""
    return {**_names(locale, dates.get_month_names), "sept": 9}


def _names(locale: str, names_of: Callable[..., Mapping[int, str]]) -> dict[str, int]:
    """Names and abbreviations of three letters and more, in the language and in English."""
    return {
        name.casefold().rstrip("."): number
        for code in (SOURCE, locale)
        for width in ("abbreviated", "wide")
        for form in ("format", "stand-alone")
        for number, name in names_of(width, form, formats(code)).items()
        if len(name.rstrip(".")) >= 3
    }
