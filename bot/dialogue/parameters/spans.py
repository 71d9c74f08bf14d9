"""Times of day where an amount is asked for: 14:00-15:30 is an hour and a half, a single 14:00 is no amount at all."""

import re
from dataclasses import dataclass
from functools import cache

from bot.dialogue.parameters.amounts import AND
from bot.dialogue.parameters.base import in_any
from bot.dialogue.text import Text

# note: as in “5 o'clock”
OCLOCK = Text("o'clock")
# note: what may come before the first of two times of day: from 9:00 to 10:30, between 9 and 10
_FROM = Text("from, between")
# note: what may come between two times of day: 9:00 to 10:30
_TO = Text("to, till, til, until, through")
# note: what may come before a single time of day: at 14:00
_AT = Text("at, around, since, from")
_DAY = 24 * 60
_EARLIEST = 5
"""From 5:00 on an h:mm may be a time of day as well as an amount; nobody begins at half past one, many study 1:30."""
# “9 am Montag”, “9 am 12.” are nine o'clock on a day, in German.
_GERMAN_AM = r"am\s+(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|\d)"
_HALF = rf"(?:(?!\s+{_GERMAN_AM})\s*(?P<WHICHhalf>[ap])\.?\s?m\b\.?)"


@dataclass(frozen=True)
class Clock:
    """A time of day: minutes since midnight; `half`: am or pm was said; `exact`: it cannot be anything else."""

    minutes: int
    half: str
    exact: bool


@dataclass(frozen=True)
class Span:
    """What two times of day, or one, say: it ends at `end`. `lengths` in minutes: one where it is clear, several or
    none where it must be asked about. `single`: one time of day, no span. `weak`: two or one bare numbers, which may
    count something else: “looked at 2 papers”. `start`: minutes since midnight where a span begins."""

    end: int
    lengths: tuple[int, ...] = ()
    clear: bool = False
    single: bool = False
    weak: bool = False
    start: int | None = None


def span(text: str, place: int) -> Span | None:
    """Two times of day at a place of `plain` words."""
    match = _span().match(text, place)
    if not match:
        return None
    first, last = _clock(match, "a"), _clock(match, "b")
    introduced = bool(match["from"])
    if first is None or last is None:
        wrong = any(match[f"{x}{part}"] for x in "ab" for part in ("half", "minute", "oclock"))
        return Span(match.end()) if wrong else None
    if match["and"] and not introduced:
        return None
    lengths = _between(first, last)
    # “7-9 pm” begins in the evening, too.
    start = (last.minutes - lengths[0]) % _DAY if lengths and last.half and not first.half else first.minutes
    if not (introduced or first.exact or last.exact):
        return Span(match.end(), lengths, weak=True, start=start)
    dotted = "." in match["a_"] + match["b_"] and not (first.half or last.half or match["aoclock"] or match["boclock"])
    return Span(
        match.end(),
        lengths,
        len(lengths) == 1 and not dotted,
        weak=not (first.exact or last.exact),
        start=start,
    )


def single(text: str, place: int) -> Span | None:
    """One time of day at a place of `plain` words: 14:00, at 9, 2 pm, 14 Uhr."""
    match = _single().match(text, place)
    if not match:
        return None
    clock = _clock(match, "a")
    if clock is None:
        return Span(match.end(), single=True) if match["ahalf"] or match["aoclock"] or match["aminute"] else None
    if match["at"] or clock.half or match["aoclock"]:
        return Span(match.end(), single=True, weak=not clock.exact)
    if not match["aminute"] or ":" not in match["a_"] or clock.minutes < _EARLIEST * 60:
        return None
    return Span(match.end(), (clock.minutes,), single=True)


def _between(first: Clock, last: Clock) -> tuple[int, ...]:
    """The lengths that two times of day may mean."""
    length = (last.minutes - first.minutes) % _DAY
    if not length:
        return ()
    if first.half and last.half:
        return (length,) if length else ()
    if first.half or last.half:
        # The other one is in the same half of the day where that is a span, else in the other half.
        length = (last.minutes - first.minutes) % (_DAY // 2)
        return (length or _DAY // 2,)
    if last.minutes > first.minutes:
        return (length,)
    noon = last.minutes + _DAY // 2 - first.minutes
    if noon > 0 and first.minutes < 13 * 60 and last.minutes > 0:
        return (noon, length) if length else (noon,)
    return (length,) if length else ()


def _clock(match: re.Match[str], which: str) -> Clock | None:
    """The time of day, None where there is none such as 25:00 or 13 pm."""
    hour, minute = int(match[f"{which}hour"]), int(match[f"{which}minute"] or match[f"{which}more"] or 0)
    half = match[f"{which}half"] or match[f"{which}latehalf"] or ""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    exact = bool(half or match[f"{which}minute"] or match[f"{which}oclock"])
    return Clock(hour * 60 + minute, half, exact)


@cache
def _parts() -> tuple[str, str, str, str]:
    return tuple(in_any(text) for text in (OCLOCK, _FROM, _TO, _AT))  # type: ignore[return-value]


def _time(which: str) -> str:
    oclock = _parts()[0]
    x = which
    half, late = (_HALF.replace("WHICH", name) for name in (x, f"{x}late"))
    return (
        rf"(?P<{x}_>(?P<{x}hour>\d{{1,2}})(?:[:.](?P<{x}minute>\d\d)(?::\d\d)?)?)"
        rf"{half}?(?P<{x}oclock>\s*(?:{oclock})(?:\s*(?P<{x}more>[0-5]\d)(?!\d))?)?{late}?"
    )


@cache
def _span() -> re.Pattern[str]:
    _, begin, to, _ = _parts()
    return re.compile(
        rf"(?P<from>(?:{begin})\s+)?{_time('a')}\s*(?:-+|~|(?<=[\sm.\d])(?:(?P<and>{in_any(AND)})|(?:{to}))(?=\s))\s*"
        rf"{_time('b')}(?![\w:/]|[.,]\d)"
    )


@cache
def _single() -> re.Pattern[str]:
    return re.compile(rf"(?P<at>(?:{_parts()[3]})\s*)?{_time('a')}(?![\w:/%]|[.,-]\d)")
