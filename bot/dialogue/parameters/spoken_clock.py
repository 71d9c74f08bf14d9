"""Times of day in words: noon, half past seven, quarter to eight, halb acht, 8 in the evening."""

import re
from dataclasses import dataclass
from functools import cache

from bot.dialogue.parameters.base import every_spelling, in_any
from bot.dialogue.parameters.numerals import number
from bot.dialogue.text import Text

# note: 12:00 in words, in every form that may be typed
NOON = Text("noon, midday")
# note: 0:00 in words, in every form that may be typed
_MIDNIGHT = Text("midnight")
# note: half an hour after the hour that follows: half past seven
_HALF_PAST = Text("half past, half-past")
# note: half an hour before the hour that follows, which English has not: halb acht. Leave it empty where there is none
_HALF_TO = Text("half before")
# note: a quarter of an hour after the hour that follows: quarter past seven
_QUARTER_PAST = Text("quarter past, a quarter past, quarter-past, quarter after, a quarter after")
# note: a quarter of an hour before the hour that follows: quarter to eight
_QUARTER_TO = Text("quarter to, a quarter to, quarter-to, quarter before, quarter of")
# note: what makes 7 o'clock 19:00, behind it or before it: at 7 in the evening
EVENING = Text(
    "in the evening, in the evenings, the evening, the evenings, evening, evenings, at night, night, nights, "
    "in the afternoon, the afternoon, afternoon, afternoons, tonight"
)
# note: what leaves 7 o'clock 7:00, behind it or before it: at 7 in the morning
MORNING = Text("in the morning, in the mornings, the morning, the mornings, morning, mornings")
# note: what may follow a time of day that is not meant to the minute: 7ish
ABOUT = Text("ish, or so, roughly")
# note: what may come between two times of day: noon to half past one
_UNTIL = Text("to, till, til, until")
_HALF_DAY = 12


@dataclass(frozen=True)
class Spoken:
    """A time of day in words, as minutes since midnight, which ends at `end`. `sure`: it is not that of the other half
    of the day."""

    minutes: int
    end: int
    sure: bool


def spoken_clock(text: str, place: int) -> Spoken | None:
    """The time of day in words at a place of `plain` words."""
    if named := _named().match(text, place):
        return Spoken(12 * 60 if named["noon"] else 0, named.end(), sure=True)
    if (begun := _begun().match(text, place)) is None:
        return None
    counted = number(text, begun.end())
    if counted is None or counted[0].denominator != 1 or not 1 <= counted[0] <= 24:
        return None
    if re.compile(r"[:.,]\d|\w").match(text, counted[1]):
        return None
    offset = next(minutes for name, minutes in _OFFSETS.items() if begun[name])
    hour = int(counted[0])
    return Spoken((hour * 60 + offset) % (24 * 60), counted[1], sure=hour > _HALF_DAY)


def spoken_span(text: str, place: int) -> tuple[int, int, int] | None:
    """Of two times of day of which one is in words: the minute of the day of the first, how many minutes lie between
    them, and where they end: 9 to half past ten. They are less than twelve hours apart."""
    first = _time(text, place)
    joint = _joint().match(text, first[1]) if first else None
    last = _time(text, joint.end()) if joint else None
    if first is None or last is None or not (first[2] or last[2]):
        return None
    return first[0], (last[0] - first[0]) % (_HALF_DAY * 60) or _HALF_DAY * 60, last[1]


def _time(text: str, place: int) -> tuple[int, int, bool] | None:
    """Minutes since midnight, where they end, and whether they are in words."""
    if spoken := spoken_clock(text, place):
        return spoken.minutes, spoken.end, True
    digits = _DIGITS.match(text, place)
    return (int(digits[1]) * 60 + int(digits[2] or 0), digits.end(), False) if digits else None


def in_words(text: str, place: int) -> int | None:
    """Where a time of day in words ends that begins with a half or a quarter; other words are times of day only where
    one is asked for: noon."""
    spoken = spoken_clock(text, place) if _begun().match(text, place) else None
    return spoken.end if spoken else None


_DIGITS = re.compile(r"(2[0-4]|[01]?\d)(?:[:.]([0-5]\d))?(?:\s*(?:uhr|[ap]\.?m\.?|o'clock))?(?!\w)")
_OFFSETS = {"half_past": 30, "half_to": -30, "quarter_past": 15, "quarter_to": -15}


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:-+|(?:{in_any(_UNTIL)})(?=\s))\s*")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<noon>{in_any(NOON)})|(?:{in_any(_MIDNIGHT)}))(?!\w)")


@cache
def _begun() -> re.Pattern[str]:
    texts = (_HALF_PAST, _HALF_TO, _QUARTER_PAST, _QUARTER_TO)
    named = (rf"(?P<{name}>{in_any(text)})" for name, text in zip(_OFFSETS, texts, strict=True) if every_spelling(text))
    return re.compile(rf"(?:{'|'.join(named)})\s+(?=\w)")
