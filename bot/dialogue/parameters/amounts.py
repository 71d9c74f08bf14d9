"""Amounts of time as people write them: 1h30, 90 min, 1.5h, an hour and a half, 1h + 30m, 3 x 25 min."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from bot.dialogue.parameters.base import every_spelling, in_any
from bot.dialogue.parameters.numerals import digits, listed, number
from bot.dialogue.parameters.phrases import Phrases, phrases
from bot.dialogue.text import Text
from bot.dialogue.wording import languages

# note: what may follow the hours of “2 h”, in every form; a full stop after it is understood anyway
HOUR_WORDS = Text("h, hr, hrs, hour, hours")
# note: what may follow the minutes of “45 min”, in every form; a full stop after it is understood anyway
MINUTE_WORDS = Text("m, min, mins, minute, minutes")
# note: what may follow the seconds of “90 sec”, in every form; a full stop after it is understood anyway
SECOND_WORDS = Text("s, sec, secs, second, seconds")
# note: as in “2 hours and 15 minutes”
AND = Text("and")
# note: half an hour, in every form
_HALF = Text("half an hour, half a hour, half hour, a half hour, half-hour, half an h, 1/2 hour, half an hr")
# note: a quarter of an hour, in every form
_QUARTER = Text("a quarter of an hour, quarter of an hour, a quarter hour, quarter hour, quarter-hour")
# note: three quarters of an hour, in every form
_THREE_QUARTERS = Text("three quarters of an hour, three-quarters of an hour, three quarter hours")
# note: an hour and a half without the word for one before it
_HOUR_AND_A_HALF = Text("hour and a half, hour and half, hr and a half")
# note: what may follow “an hour” for 90 minutes
_AND_A_HALF = Text("and a half")
# note: what may follow “an hour” for 75 minutes
_AND_A_QUARTER = Text("and a quarter")
# note: what may follow “an hour” for 105 minutes
_AND_THREE_QUARTERS = Text("and three quarters")
# note: between how often and how long: 3 times 25 min, 4 pomodoros of 25 min; and behind an amount: 25 min x 3
_TIMES = Text("times, x, ×, *, times of, pomodoros of, sessions of, blocks of, rounds of, sets of")
# note: once, twice ... six times, as single words where there are some, in their order
_OFTEN = Text("once, twice, thrice, four times, five times, six times")


@dataclass(frozen=True)
class Amount:
    """Minutes that end at `end`. `bare`: the number as it was typed without a unit; `hours`: they are whole hours, so
    that a number which follows may be their minutes."""

    minutes: Fraction
    end: int
    bare: str = ""
    hours: bool = False

    @property
    def whole(self) -> int:
        """Rounded to minutes."""
        return round(self.minutes)


def amount(text: str, place: int) -> Amount | None:
    """The amount at a place of `plain` words: several joined by a plus are added, and one may be multiplied."""
    total = _product(text, place)
    while total and (plus := _PLUS.match(text, total.end)):
        more = _product(text, plus.end())
        if more is None or not _may_be_added(total, more):
            break
        both = str(int(total.minutes + more.minutes)) if total.bare else ""
        total = Amount(total.minutes + more.minutes, more.end, both)
    return total


def _may_be_added(first: Amount, more: Amount) -> bool:
    """Amounts with units, numbers without any, and the minutes of hours: 1h + 30m, 45 + 45, 1h + 30."""
    if not more.bare:
        return not first.bare
    return more.bare.isdigit() and (first.bare.isdigit() or (first.hours and more.minutes < 60))


def _product(text: str, place: int) -> Amount | None:
    """An amount, once or multiplied: 3 x 25 min, twice 45 min, 25 min x 3."""
    often = _often(text, place)
    each = _one(text, often[1]) if often else None
    if often and each and not each.bare:
        return Amount(each.minutes * often[0], each.end)
    single = _one(text, place)
    if single is None or single.bare:
        return single
    behind = _SPACE.match(text, single.end)
    often = _often(text, behind.end() if behind else single.end, behind=True)
    return Amount(single.minutes * often[0], often[1]) if often else single


def _often(text: str, place: int, *, behind: bool = False) -> tuple[int, int] | None:
    """How often an amount is to be taken, and where that ends; `behind`: after the amount, such as x 3 or twice."""
    if named := _times_named().at(text, place):
        more = None if behind else _SPACE.match(text, named[1])
        return (named[0], more.end()) if more else ((named[0], named[1]) if behind else None)
    sign = _MULTIPLIED.match(text, place)
    if behind and sign and int(sign[1]):
        return int(sign[1]), sign.end()
    counted = number(text, place)
    if not counted or counted[0].denominator != 1 or not 0 < counted[0] <= _MOST_TIMES:
        return None
    times = (_BEHIND if behind else _times()).match(text, counted[1])
    return (int(counted[0]), times.end()) if times else None


_PLUS = re.compile(r"\s*\+\s*(?=[\w½¼¾])")
_BEHIND = re.compile(r"\s+(?:times|mal)(?!\w)(?!\s+(?:a|an|per|pro|each|every|in|am|im|die|jeden?)\b)")
_MULTIPLIED = re.compile(r"(?:[x×*]|mal(?=\s))\s*(\d{1,2})(?![\w:/]|[.,]\d)")
_MOST_TIMES = 20
"""Nobody sits down more often for one entry."""
_NO_BARE = re.compile(r"[\w:/½¼¾-]|\.(?!\s*$)")
"""What makes more than a number of what follows it: a date, a range, a word."""
_SHORTEST = 3
"""A unit with more letters is written out: “one hour thirty”, but not “1h thirty”."""
_SPOKEN = range(10, 60, 5)
"""What people say behind an hour without “minutes”."""
_SPACE = re.compile(r"\s+")


@cache
def _units() -> dict[str, re.Pattern[str]]:
    end = r"(?!\w)\.?"
    hours, minutes, seconds = (f"(?:{in_any(text)})" for text in (HOUR_WORDS, MINUTE_WORDS, SECOND_WORDS))
    return {
        "hours": re.compile(rf"[\s-]?\s*{hours}{end}"),
        "minutes": re.compile(rf"[\s-]?\s*(?:{minutes}{end}|'(?!\w))"),
        "seconds": re.compile(rf"[\s-]?\s*{seconds}{end}"),
        "clock": re.compile(rf"(\d{{1,6}}):([0-5]\d)(?::([0-5]\d))?(?:\s*{hours})?(?![\w:])"),
        "tight": re.compile(
            rf"(\d{{1,6}})\s*{hours}([0-5]?\d)(?:\s*(?:{minutes}|')(?:\s*([0-5]?\d)\s*{seconds})?)?(?![\w:]|[.,]\d)"
        ),
        "between": re.compile(rf"\s*(?:(?:{in_any(AND)})\s+|[&,+]\s*)?"),
    }


@cache
def _times() -> re.Pattern[str]:
    words = every_spelling(_TIMES)
    spelled = "|".join(re.escape(word) for word in words if len(word) > 1)
    return re.compile(rf"(?:\s*[x×*]|\s+(?:{spelled})\s)\s*")


@cache
def _times_named() -> Phrases[int]:
    return Phrases({word: n for locale in languages() for n, word in enumerate(listed(_OFTEN, locale), start=1)})


@cache
def _fixed() -> Phrases[int]:
    known = ((_HALF, 30), (_QUARTER, 15), (_THREE_QUARTERS, 45), (_HOUR_AND_A_HALF, 90))
    return Phrases({word: minutes for text, minutes in known for word in every_spelling(text)})


def _one(text: str, place: int) -> Amount | None:
    fixed, units = _fixed().at(text, place), _units()
    if fixed:
        return Amount(Fraction(fixed[0]), fixed[1])
    if match := units["clock"].match(text, place) or units["tight"].match(text, place):
        seconds = Fraction(int(match[3] or 0), 60)
        return Amount(int(match[1]) * 60 + int(match[2]) + seconds, match.end())
    counted = number(text, place)
    if not counted:
        return None
    value, end = counted
    if unit := _unit("hours", text, place, end):
        spelled = len(unit[0].strip(" .-")) > _SHORTEST
        return _with_minutes(text, value * 60, unit.end(), spelled=spelled)
    if unit := _unit("minutes", text, place, end):
        return _with_seconds(text, value, unit.end())
    written = digits(text, place)
    if written is None or "/" in text[place : written[1]]:
        return None
    if unit := units["seconds"].match(text, written[1]):
        return Amount(value / 60, unit.end())
    if _NO_BARE.match(text, written[1]):
        return None
    return Amount(written[0] * (1 if text[place : written[1]].isdigit() else 60), written[1], text[place : written[1]])


def _unit(name: str, text: str, place: int, end: int) -> re.Match[str] | None:
    """The unit after a number; a single letter only after digits: “a m…” is no minute."""
    unit = _units()[name].match(text, end)
    return unit if unit and (not text[place].isalpha() or len(unit[0].strip(" .-")) > 1) else None


def _with_minutes(text: str, hours: Fraction, end: int, *, spelled: bool) -> Amount:
    """The minutes, or the half, that may follow hours."""
    for fraction, more in ((_AND_THREE_QUARTERS, 45), (_AND_A_HALF, 30), (_AND_A_QUARTER, 15)):
        start = _SPACE.match(text, end)
        if start and (named := phrases(fraction).at(text, start.end())):
            return Amount(hours + more, named[1])
    units = _units()
    between = units["between"].match(text, end)
    follows = between.end() if between else end
    counted = number(text, follows)
    full = hours % 60 == 0  # “1.5 h, 20 min” are two amounts
    if full and counted and (unit := _unit("minutes", text, follows, counted[1])):
        return _with_seconds(text, hours + counted[0], unit.end())
    if full and spelled and counted and text[follows].isalpha() and counted[0] in _SPOKEN:
        return Amount(hours + counted[0], counted[1])
    return Amount(hours, end, hours=full)


def _with_seconds(text: str, minutes: Fraction, end: int) -> Amount:
    units = _units()
    between = units["between"].match(text, end)
    counted = number(text, between.end() if between else end)
    if counted and (unit := units["seconds"].match(text, counted[1])):
        return Amount(minutes + counted[0] / 60, unit.end())
    return Amount(minutes, end)
