"""Study times as people write them: tue thu 19:00, sat 10-12; every day 7pm for 45 min; not sat; off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias

from babel import dates

from bot.dialogue.parameters.base import Choice, Parameter, Unclear, spellings
from bot.dialogue.parameters.naming_times import listed, times_texts, weekdays_text
from bot.dialogue.parameters.times_reader import NamedTime, TimesRead, TimesReader
from bot.dialogue.text import Clock, Text
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
_HOURS = (8, 12, 18, 19, 20)


@dataclass(frozen=True)
class TimesWish:
    """What somebody wants of their study times: to have these and no others (`set`), to `add` them to the others, to
    have all but these (`less`; a time of None means all of that day), none (`off`), all that were muted (`on`), or none
    this week (`skip`)."""

    act: Act
    times: tuple[NamedTime, ...] = ()


class StudyTimesParameter(Parameter[TimesWish]):
    """Study times, each a day of the week with a time and, if it is said, a length: up to a time, or in minutes."""

    example = Text("tue thu 19:00, sat 10-12")
    about = Text("your study times")
    question = Text("When do you want to study? Days with a time, such as “tue thu 19:00, sat 10-12”.")

    def take(self, typed: str, ctx: "Context") -> tuple[TimesWish, str] | None:
        """Read all of the words. Raises `Unclear` where a day has no time, a time no day, or something is no time at
        all; what was understood goes with the answer."""
        lowered = typed.strip(" .!").lower()
        for whole, words in _WHOLE.items():
            if lowered in spellings(words, ctx.locale):
                return TimesWish(whole), ""
        adds, rest = _begun(typed, _ALSO, ctx)
        less, rest = _begun(rest, _NOT, ctx)
        read = TimesReader(rest, ctx).read()
        act: Act = "less" if less else "add" if adds else "set"
        if read.unknown or read.timeless or read.dayless:
            if act == "less" and read.timeless and not (read.unknown or read.dayless):
                return TimesWish(act, (*read.times, *(NamedTime(day) for day in read.timeless))), ""
            _ask(TimesWish(act, read.times), read, ctx)
        left = [known for known in read.times if not _among(known, read.without)]
        if not left:
            return None if act == "set" and not read.without else (TimesWish("less", tuple(read.without)), "")
        return TimesWish(act, tuple(left)), ""

    def wire(self, value: TimesWish) -> str:
        """Words that are read as just that, in English: “tuesday 19:00 90m; saturday 10:00”."""
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


def _ask(wish: TimesWish, read: TimesRead, ctx: "Context") -> NoReturn:
    """Ask for the time of a day, the days of a time, or what words mean that are neither."""
    parameter, words = StudyTimesParameter(), ", ".join(read.unknown)
    understood = listed(times_texts(wish.times)) if wish.times else None
    kept = f"; {parameter.wire(wish)}" if wish.times else {"add": "; also ", "less": "; not "}.get(wish.act, "")

    def choice(label: Text, *more: NamedTime) -> Choice:
        return Choice(label, parameter.wire(TimesWish(wish.act, (*wish.times, *more))))

    values: dict[str, Text | str] = {"times": understood} if understood else {}
    values |= {"words": words} if words else {}
    choices: list[Choice]
    if read.timeless:
        days = read.timeless
        values["days"] = weekdays_text(days)
        hours = dict.fromkeys([*(known.at for known in wish.times if known.at), *map(time, _HOURS)])
        choices = [choice(Text("{time}", time=Clock(at)), *(NamedTime(day, at) for day in days)) for at in hours]
        rest, texts = f"{_days(days)}{kept}", _TIME_ASKED
    elif read.dayless:
        at, minutes = read.dayless[0]
        values["time"] = Clock(at)  # type: ignore[assignment]
        sets: tuple[tuple[int, ...], ...] = (tuple(range(7)), tuple(range(5)), (1, 3), *((day,) for day in range(7)))
        choices = [choice(weekdays_text(days), *(NamedTime(day, at, minutes) for day in days)) for days in sets]
        rest, texts = f"{_clock(at, minutes)}{kept}", _DAYS_ASKED
    else:
        choices = [choice(Text("Go on with {times}", times=understood))] if understood else list(parameter.choices(ctx))
        rest, texts = kept, _ASKED
    raise Unclear(Text(texts[bool(understood), bool(words)], **values), choices[:8], rest)


_TIME_ASKED = {
    (False, False): Text("At what time on {days}?").message,
    (False, True): Text("I did not understand “{words}”. At what time on {days}?").message,
    (True, False): Text("I understood {times}. At what time on {days}?").message,
    (True, True): Text("I understood {times}, but not “{words}”. At what time on {days}?").message,
}
_DAYS_ASKED = {
    (False, False): Text("On which days at {time}?").message,
    (False, True): Text("I did not understand “{words}”. On which days at {time}?").message,
    (True, False): Text("I understood {times}. On which days at {time}?").message,
    (True, True): Text("I understood {times}, but not “{words}”. On which days at {time}?").message,
}
_ASKED = {
    (False, True): Text("I did not understand “{words}”.").message,
    (True, True): Text("I understood {times}, but not “{words}”. What else did you mean?").message,
}
"""By whether anything was understood, and whether any words were not."""


def _begun(typed: str, words: Text, ctx: "Context") -> tuple[bool, str]:
    """Whether the words begin with one of these, and those behind it."""
    lowered = typed.lower()
    for word in spellings(words, ctx.locale):
        if lowered.startswith(word) and not lowered[len(word) : len(word) + 1].isalnum():
            return True, typed[len(word) :].strip()
    return False, typed


def _among(known: NamedTime, some: Sequence[NamedTime]) -> bool:
    return any(known.weekday == other.weekday and other.at in {None, known.at} for other in some)


def _written(times: Sequence[NamedTime]) -> str:
    """The times in English, those that differ in their day alone together."""
    together: dict[tuple[time | None, int | None], list[int]] = {}
    for known in times:
        together.setdefault((known.at, known.minutes), []).append(known.weekday)
    return "; ".join(
        f"{_days(days)} {_clock(at, minutes)}" if at else _days(days) for (at, minutes), days in together.items()
    )


def _clock(at: time, minutes: int | None) -> str:
    return f"{at:%H:%M} {minutes}m" if minutes else f"{at:%H:%M}"


def _days(days: Sequence[int]) -> str:
    names = dates.get_day_names("wide", "format", formats(SOURCE))
    return ",".join(str(names[n]).casefold() for n in days)
