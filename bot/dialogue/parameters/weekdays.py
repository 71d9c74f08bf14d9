"""Several days of the week: monday and friday, mon-fri, every day, weekdays."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from babel import dates

from bot.dialogue.parameters.base import FILLER_WORDS, Choice, Parameter, either, spellings
from bot.dialogue.text import Text
from bot.dialogue.text import Weekday as WeekdayText
from bot.dialogue.wording import SOURCE, formats

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: all seven days of a week, in every form that may be typed
_DAILY = Text("every day, each day, everyday, daily, all days, every single day, any day")
# note: Monday to Friday, in every form that may be typed
_WORKDAYS = Text("every weekday, each weekday, weekdays, every workday, workdays, working days, on weekdays")
# note: Saturday and Sunday, in every form that may be typed
_WEEKEND = Text("every weekend, weekends, the weekend, weekend")
# note: what may come before a day of the week, as in “every monday”
_EVERY = Text("every, each, on")
# note: what may come between days of the week, as in “monday and friday”
_AND = Text("and, as well as")
# note: as in “monday to friday”
_TO = Text("to, through, thru, till, until")
# note: the days of the week from Monday on, in other forms than the usual names and their abbreviations
_OTHERS = (
    Text("mondays"),
    Text("tuesdays, tues"),
    Text("wednesdays, weds"),
    Text("thursdays, thur, thurs"),
    Text("fridays"),
    Text("saturdays"),
    Text("sundays"),
)


class WeekdaysParameter(Parameter[tuple[int, ...]]):
    """One day of the week or several, 0 is Monday; in ascending order, each once."""

    example = Text("monday and friday")
    about = Text("which days of the week")
    question = Text("Which days of the week?")

    def take(self, typed: str, ctx: "Context") -> tuple[tuple[int, ...], str] | None:
        """Read days of the week, from-to ranges of them and names for several, such as “weekdays”."""
        weekdays: set[int] = set()
        # Not casefold(), which may change the length: what was read is cut off by its length.
        lowered, end = typed.lower(), 0
        between, several, single = _between(ctx.locale), _several(ctx.locale), _one(ctx.locale)
        while True:
            start = match.end() if (match := between.match(lowered, end)) else end
            if match := several.match(lowered, start):
                weekdays |= set(_SETS[str(match.lastgroup)])
            elif match := single.match(lowered, start):
                first, last = (_names(ctx.locale)[name] for name in (match["first"], match["last"] or match["first"]))
                weekdays |= {n % 7 for n in range(first, last + (8 if last < first else 1))}
            else:
                break
            end = match.end()
        return (tuple(sorted(weekdays)), typed[end:].strip().strip(" ,;").strip()) if weekdays else None

    def wire(self, value: tuple[int, ...]) -> str:
        """The English names in small letters with commas, such as “monday,friday”."""
        names = dates.get_day_names("wide", "format", formats(SOURCE))
        return ",".join(str(names[n]).casefold() for n in value)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Each day of the week, and all of them."""
        days = [Choice(Text("{weekday}", weekday=WeekdayText(n)), self.wire((n,))) for n in range(7)]
        return [*days, Choice(Text("every day"), self.wire(tuple(range(7))))]


_SETS = {"daily": range(7), "workdays": range(5), "weekend": range(5, 7)}


@cache
def _several(locale: str) -> re.Pattern[str]:
    sets = (("daily", _DAILY), ("workdays", _WORKDAYS), ("weekend", _WEEKEND))
    return re.compile("|".join(rf"(?P<{name}>(?:{either(words, locale)})(?!\w))" for name, words in sets))


@cache
def _between(locale: str) -> re.Pattern[str]:
    small = "|".join(either(words, locale) for words in (_AND, FILLER_WORDS))
    return re.compile(rf"(?:\s+|[,;/&+]|(?:{small})(?=\s))+")


@cache
def _one(locale: str) -> re.Pattern[str]:
    """A day of the week, or from one to another."""
    name = "|".join(re.escape(word) for word in sorted(_names(locale), key=len, reverse=True))
    every, to = either(_EVERY, locale), either(_TO, locale)
    return re.compile(
        rf"(?:(?:{every})\s+)?(?P<first>{name})\.?(?!\w)"
        rf"(?:\s*(?:[-–—]|(?:{to})(?=\s))\s*(?P<last>{name})\.?(?!\w))?"
    )


@cache
def _names(locale: str) -> dict[str, int]:
    """The days of the week by their names, abbreviations and short forms, in the language and in English."""
    usual = _usual(SOURCE) | _usual(locale)
    # Short forms of the language alone: an English “we” is no weekend.
    short = dates.get_day_names("short", "format", formats(locale))
    usual |= {name.lower().rstrip("."): number for number, name in short.items()}
    return usual | {word: n for n, words in enumerate(_OTHERS) for word in spellings(words, locale)}


def _usual(locale: str) -> dict[str, int]:
    abbreviated = dates.get_day_names("abbreviated", "format", formats(locale))
    wide = dates.get_day_names("wide", "format", formats(locale))
    return {name.lower().rstrip("."): number for names in (abbreviated, wide) for number, name in names.items()}
