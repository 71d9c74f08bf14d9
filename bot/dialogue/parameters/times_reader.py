"""Reads days of the week with times of day and lengths, in the order in which people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bot.dialogue.parameters.amounts import AND, MINUTE_WORDS, amount
from bot.dialogue.parameters.base import FILLER_WORDS, Unclear, either
from bot.dialogue.parameters.clock import TimeOfDayParameter
from bot.dialogue.parameters.spans import span
from bot.dialogue.parameters.spoken_clock import EVENING, MORNING
from bot.dialogue.parameters.weekdays import WeekdaysParameter
from bot.dialogue.plain import plain
from bot.dialogue.text import Text

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: as in “90 minutes each”
_EACH = Text("each time, each, every time, per session, at a time")
# note: what may come in between to take days away: every day at 7 pm except sunday
_EXCEPT = Text("except on, except for, except, but not on, but not, without, not on, not")
# note: small words around study times: from 10 to 12, at 7, in the evening, I study
_SMALL = Text("from, at around, at about, around, about, starting at, always, please, i study, i want to study")
_DAYS, _CLOCK = WeekdaysParameter(), TimeOfDayParameter()
_MOST_UNKNOWN = 20
"""Whoever typed more words that are no times did not mean any."""
_LONGEST_TIME = 60
"""Characters of a time of day, with what has to be seen behind it."""
_PARTS = re.compile(r"[;\n]")
_WORD = re.compile(r"[^\s,;/&]+")
_HOUR_AND_MINUTE = re.compile(r"\d{1,2}[:.]\d{2}")
_HOUR_H = re.compile(r"(9|1\d|2[0-3])\s?h(?!\w)")
"""“at 19h”: so many hours nobody studies in one go."""
_ENDS_IN_NUMBER = re.compile(r"\s+\d{1,2}$")


class NamedTime(NamedTuple):
    """A weekday (0 is Monday) with a local time and minutes, each None if it was not said."""

    weekday: int
    at: time | None = None
    minutes: int | None = None


@dataclass
class TimesRead:
    """What was read: complete times, days `without` them, days that lack a time, times that lack a day, and words that
    are neither."""

    times: tuple[NamedTime, ...] = ()
    without: list[NamedTime] = field(default_factory=list)
    timeless: tuple[int, ...] = ()
    dayless: list[tuple[time, int | None]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unclear: list[time] = field(default_factory=list)
    """What times of day among the unknown words may be: half past seven is in the morning or in the evening."""


@dataclass
class _Group:
    """Days and times that belong together; `time_first`: its times came before its days."""

    days: tuple[int, ...] = ()
    times: list[tuple[time, int | None]] = field(default_factory=list)
    minutes: int | None = None
    time_first: bool = False
    evening: bool = False
    last: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.days and self.times)


class TimesReader:
    """Reads study times out of typed words. Days may come before their times or behind them; a semicolon ends both."""

    def __init__(self, typed: str, ctx: "Context") -> None:
        self._typed, self._ctx = typed, ctx
        self._read, self._group = TimesRead(), _Group()
        self._less, self._typed_part = False, typed
        self._found: list[NamedTime] = []
        self._words = (0, 0)
        """Where the words that were not understood last begin and end."""

    def read(self) -> TimesRead:
        """Everything that the words hold."""
        for part in _PARTS.split(self._typed):
            text, place, self._typed_part = plain(part), 0, part
            while (match := _between(self._ctx.locale).match(text, place)) and match.end() < len(text):
                if len(self._read.unknown) >= _MOST_UNKNOWN:
                    break
                place = self._next(part, text, match.end())
            self._close()
            self._less, self._words = False, (0, 0)
        self._read.times = tuple({(known.weekday, known.at): known for known in self._found}.values())
        return self._read

    def _next(self, typed: str, text: str, place: int) -> int:
        """Take what stands at a place, and return where it ends."""
        if match := _except(self._ctx.locale).match(text, place):
            self._close()
            self._less = True
            return match.end()
        if match := _each(self._ctx.locale).match(text, place):
            self._each_as_long()
            return match.end()
        if match := _part(self._ctx.locale).match(text, place):
            self._at_evening(late=bool(match["evening"]))
            return match.end()
        if taken := _DAYS.take(text[place:].rstrip(" ,;"), self._ctx):
            self._add_days(taken[0])
            return len(text.rstrip(" ,;")) - len(taken[1])
        if (clocks := span(text, place)) and clocks.lengths and clocks.start is not None:
            self._add_time(clocks.start // 60, clocks.start % 60, clocks.lengths[0])
            return clocks.end
        if (hour := _HOUR_H.match(text, place)) and not self._group.times:
            self._add_time(int(hour[1]), 0, None)
            return hour.end()
        if end := self._length(text, place) or self._clock(text, place):
            return end
        return self._unknown(typed, text, place)

    def _unknown(self, typed: str, text: str, place: int) -> int:
        """A word that is no time; several in a row are told as they were typed."""
        word = _WORD.match(text, place)
        end = word.end() if word else place + 1
        begun, ended = self._words
        if self._read.unknown and begun < ended <= place and not text[ended:place].strip():
            self._read.unknown[-1] = typed[begun:end]
            self._words = (begun, end)
        else:
            self._read.unknown.append(typed[place:end])
            self._words = (place, end)
        return end

    def _length(self, text: str, place: int) -> int | None:
        """“90m”, “for 2 hours”: minutes of the times in this group."""
        counted, clock = amount(text, place), _HOUR_AND_MINUTE.match(text, place)
        if counted is None or counted.bare or (clock and clock.end() == counted.end):
            return None
        group, minutes = self._group, counted.whole
        if group.last == "length" or not group.times:
            group.minutes = minutes
        group.times = [(at, known or minutes) for at, known in group.times]
        group.last = "length"
        return counted.end

    def _clock(self, text: str, place: int) -> int | None:
        """“19:00”, “7 pm”. Of “19 Uhr 45 Minuten” the number before the unit is a length."""
        typed = text[place : place + _LONGEST_TIME].rstrip()
        try:
            clock = _CLOCK.take(typed, self._ctx)
        except Unclear as unclear:
            end = place + len(typed) - len(unclear.rest)
            self._read.unclear += [time.fromisoformat(choice.wire) for choice in unclear.choices]
            self._read.unknown.append(self._typed_part[place:end].strip())
            self._close()
            return end
        if clock is None:
            return None
        consumed = typed[: len(typed) - len(clock[1])].rstrip()
        number = _ENDS_IN_NUMBER.search(consumed)
        if number and _minutes(self._ctx.locale).match(clock[1]):
            clock = _CLOCK.take(consumed[: number.start()], self._ctx) or clock
            consumed = consumed[: number.start()]
        self._add_time(clock[0].hour, clock[0].minute, None)
        return place + len(consumed)

    def _at_evening(self, *, late: bool) -> None:
        """“in the evening”, behind a time or before it."""
        group = self._group
        if late and group.times:
            at, minutes = group.times[-1]
            group.times[-1] = (at.replace(hour=at.hour + 12) if at.hour < 12 else at, minutes)
        group.evening = late and not group.times

    def _each_as_long(self) -> None:
        """“each”: the length that was named last is that of all times before it, too."""
        last = next((known for _, known in reversed(self._group.times) if known), self._group.minutes)
        self._found = [known._replace(minutes=known.minutes or last) for known in self._found]

    def _add_days(self, days: Sequence[int]) -> None:
        group = self._group
        if group.complete and not (group.time_first and group.last == "days"):
            self._close()
        self._group.days = tuple(sorted({*self._group.days, *days}))
        self._group.last = "days"

    def _add_time(self, hour: int, minute: int, minutes: int | None) -> None:
        group = self._group
        if group.complete and group.time_first:
            self._close()
        group = self._group
        group.time_first = group.time_first or not group.days
        hour += 12 if group.evening and hour < 12 else 0
        group.times.append((time(hour, minute), minutes))
        group.last = "time"

    def _close(self) -> None:
        """End the group: its times are those of its days."""
        group, self._group = self._group, _Group()
        if self._less:
            ats: list[time | None] = [*(at for at, _ in group.times)] or [None]
            self._read.without += [NamedTime(day, at) for day in group.days for at in ats]
            return
        self._found += [
            NamedTime(day, at, minutes or group.minutes) for day in group.days for at, minutes in group.times
        ]
        if group.days and not group.times:
            self._read.timeless = tuple(sorted({*self._read.timeless, *group.days}))
        elif group.times and not group.days:
            self._read.dayless += [(at, minutes or group.minutes) for at, minutes in group.times]


@cache
def _between(locale: str) -> re.Pattern[str]:
    small = "|".join(either(words, locale) for words in (AND, FILLER_WORDS, _SMALL))
    return re.compile(rf"(?:[\s,/&+.]|(?:{small})(?=\s|$))*")


@cache
def _except(locale: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(_EXCEPT, locale)})(?!\w)")


@cache
def _each(locale: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(_EACH, locale)})(?!\w)(?!\s+\w+day)")


@cache
def _part(locale: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<evening>{either(EVENING, locale)})|(?:{either(MORNING, locale)}))(?!\w)")


@cache
def _minutes(locale: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{either(MINUTE_WORDS, locale)})(?!\w)")
