"""Study times as people write them: tue thu 19:00, sat 10-12; every day 7pm for 45 min; not sat; off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from babel import dates

from bot.dialogue.parameters.base import Choice, Parameter, spellings
from bot.dialogue.parameters.naming_times import listed, times_texts
from bot.dialogue.parameters.times_reader import NamedTime, TimesReader
from bot.dialogue.text import Text
from bot.dialogue.wording import SOURCE, formats

if TYPE_CHECKING:
    from bot.dialogue.context import Context

Act: TypeAlias = Literal["set", "add", "less", "off", "on", "skip"]

# note: to have no study times any more, in every form that may be typed
_OFF = Text("off, none, no times, no study times, never, stop, drop all, remove all, delete all, nothing")
# note: to have study times again that were muted, in every form that may be typed
_ON = Text("on, unmute, again, on again")
# note: to leave out the study times of this week, in every form that may be typed
_SKIP = Text("not this week, skip this week, skip the week, no times this week")
_WHOLE: dict[Act, Text] = {"off": _OFF, "on": _ON, "skip": _SKIP}
# note: what may come before study times that are added to those there are
_ALSO = Text("also, and also, plus, add, additionally")
# note: what may come before study times that are taken away: not sat
_NOT = Text("not on, not, without, no, except on, except, but not on, but not, remove, drop")

USUAL: tuple[tuple[NamedTime, ...], ...] = (
    tuple(NamedTime(day, time(19)) for day in (1, 3)),
    tuple(NamedTime(day, time(18, 30)) for day in range(5)),
    (NamedTime(5, time(10)),),
    tuple(NamedTime(day, time(19)) for day in range(7)),
)
"""What is offered to who has named none: two evenings, all working days, a Saturday morning, every evening."""


class Open(NamedTuple):
    """What was typed and is no study time yet: days without a time, times (with minutes, if they were said) without a
    day, and words that are neither."""

    days: tuple[int, ...] = ()
    times: tuple[tuple[time, int | None], ...] = ()
    words: tuple[str, ...] = ()
    typed: str = ""
    """All that was typed."""
    unclear: tuple[time, ...] = ()
    """The times of day that the other words may be."""


@dataclass(frozen=True)
class TimesWish:
    """What somebody wants of their study times: to have these and no others (`set`), to `add` them to the others, to
    have all but these (`less`; a time of None means all of that day), none (`off`), all that were muted (`on`), or none
    this week (`skip`)."""

    act: Act
    times: tuple[NamedTime, ...] = ()
    open: Open | None = None
    """What has to be asked about before it can be done."""

    def meant(self, act: Act) -> "TimesWish":
        """The same times as the answer to a question about study times to be added, or taken away."""
        if act != "less" or self.open is None:
            return replace(self, act=act)
        lacking = self.open._replace(days=())
        times = _in_order([*self.times, *map(NamedTime, self.open.days)])
        return TimesWish(act, times, lacking if lacking.times or lacking.words else None)


class StudyTimesParameter(Parameter[TimesWish]):
    """Study times, each a day of the week with a time and, if it is said, a length: up to a time, or in minutes."""

    example = Text("tue thu 19:00, sat 10-12")
    about = Text("your study times")
    stands_alone = True
    question = Text("When do you want to study?")

    def take(self, typed: str, ctx: "Context") -> tuple[TimesWish, str] | None:
        """Read all of the words; what is no study time is `open` in the value. None where none of them say anything."""
        lowered = typed.strip(" .!").lower()
        for whole, words in _WHOLE.items():
            if lowered in spellings(words, ctx.locale):
                return TimesWish(whole), ""
        adds, rest = _begun(typed, _ALSO, ctx)
        less, rest = _begun(rest, _NOT, ctx)
        read = TimesReader(rest, ctx).read()
        act: Act = "less" if less else "add" if adds else "set"
        if act == "less":
            read.times, read.timeless = (*read.times, *map(NamedTime, read.timeless)), ()
        lacking = Open(read.timeless, tuple(read.dayless), tuple(read.unknown), typed, tuple(read.unclear))
        if act == "set" and not (read.times or lacking.days or lacking.times or read.without):
            return None
        if lacking.days or lacking.times or lacking.words:
            return TimesWish(act, _in_order(read.times), lacking), ""
        left = [known for known in read.times if not _among(known, read.without)]
        if not left:
            return (TimesWish("less", _in_order(read.without)), "") if read.without else None
        return TimesWish(act, _in_order(left)), ""

    def wire(self, value: TimesWish) -> str:
        """Words that are read as just that, in English: “tuesday 19:00 90m; saturday 10:00”; what is open as it was
        typed."""
        if value.open:
            return value.open.typed
        if value.act in _WHOLE:
            return value.act if value.act != "skip" else "not this week"
        before = {"set": "", "add": "also ", "less": "not "}[value.act]
        return before + _written(value.times)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Some usual times."""
        return self.usual()

    def usual(self) -> Sequence[Choice]:
        """Some usual times, those that suit most people first."""
        return [Choice(listed(times_texts(some)), self.wire(TimesWish("set", some))) for some in USUAL]


class WholeStudyTimesParameter(StudyTimesParameter):
    """The same, where anything else is somebody's answer to nothing: only days with times, and nothing but them."""

    def take(self, typed: str, ctx: "Context") -> tuple[TimesWish, str] | None:
        """Read all of the words; None where anything is missing, or more than study times."""
        taken = super().take(typed, ctx)
        return taken if taken and taken[0].act == "set" and not taken[0].open else None


def _begun(typed: str, words: Text, ctx: "Context") -> tuple[bool, str]:
    """Whether the words begin with one of these, and those behind it."""
    lowered = typed.lower()
    for word in spellings(words, ctx.locale):
        if lowered.startswith(word) and not lowered[len(word) : len(word) + 1].isalnum():
            return True, typed[len(word) :].strip()
    return False, typed


def _in_order(times: Sequence[NamedTime]) -> tuple[NamedTime, ...]:
    return tuple(sorted(times, key=lambda known: (known.weekday, known.at or time())))


def _among(known: NamedTime, some: Sequence[NamedTime]) -> bool:
    return any(known.weekday == other.weekday and other.at in {None, known.at} for other in some)


def _written(times: Sequence[NamedTime]) -> str:
    """The times in English, those that differ in their day alone together."""
    together: dict[tuple[time | None, int | None], list[int]] = {}
    for known in times:
        together.setdefault((known.at, known.minutes), []).append(known.weekday)
    return "; ".join(
        f"{days_wire(days)} {clock_wire(at, minutes)}" if at else days_wire(days)
        for (at, minutes), days in together.items()
    )


def clock_wire(at: time, minutes: int | None) -> str:
    """A time, and how long it is if that is known, as they can be typed."""
    return f"{at:%H:%M} {minutes}m" if minutes else f"{at:%H:%M}"


def days_wire(days: Sequence[int]) -> str:
    """Days of the week as they can be typed, in English."""
    names = dates.get_day_names("wide", "format", formats(SOURCE))
    return ",".join(str(names[n]).casefold() for n in days)
