"""Values out of a short list, free words, numbers, times of day and time zones."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from babel import dates
from babel.core import get_global

from bot.dialogue.parameters.base import FILLER_WORDS, Choice, Parameter, Unclear, either, spellings
from bot.dialogue.text import Clock, Plural, Text, words
from bot.dialogue.text import Weekday as WeekdayText
from bot.dialogue.wording import SOURCE, Wording, formats, languages

if TYPE_CHECKING:
    from bot.dialogue.context import Context


# note: as in “at 5 o'clock”
_OCLOCK = Text("o'clock")


class ChoiceParameter(Parameter[str]):
    """One of a few words, each with a label; the label's words, in the learner's language or in English, are understood
    as well."""

    def __init__(
        self,
        example: str | Text,
        about: Text,
        question: Text,
        options: "Mapping[str, Text] | Callable[[Context], Mapping[str, Text]]",
    ) -> None:
        self.example = example
        self.about = about
        self.question = question
        self._options = options

    def options(self, ctx: "Context") -> Mapping[str, Text]:
        """Wire words with their labels."""
        return self._options if isinstance(self._options, Mapping) else self._options(ctx)

    def take(self, said: str, ctx: "Context") -> tuple[str, str] | None:
        # Not casefold(), which makes two letters of a German ß.
        lowered = said.lower()
        for wire, label in self.options(ctx).items():
            for name in (wire.lower(), ctx.say(label).lower(), Wording().say(label).lower()):
                if lowered.startswith(name) and not lowered[len(name) : len(name) + 1].isalnum():
                    return wire, said[len(name) :].strip()
        return None

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [Choice(label, wire) for wire, label in self.options(ctx).items()]


class NumberParameter(Parameter[int]):
    """A plain number that a button carries."""

    example = "1"
    about = Text("which number")
    question = Text("Which number?")
    typed = False

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        match = re.match(r"#?(\d{1,9})(?!\w)", said)
        return (int(match[1]), said[match.end() :].strip()) if match else None


class WireParameter(Parameter[str]):
    """A word that a button carries, such as the id of a question."""

    example = "id"
    about = Text("which one")
    question = Text("Which one?")
    typed = False

    def take(self, said: str, ctx: "Context") -> tuple[str, str] | None:
        return (said, "") if said else None


class FlagParameter(Parameter[bool]):
    """A yes that a button carries."""

    example = "1"
    about = Text("yes or no")
    question = Text("Yes?")
    typed = False

    def take(self, said: str, ctx: "Context") -> tuple[bool, str] | None:
        return (said == "1", "") if said in {"0", "1"} else None

    def wire(self, value: bool) -> str:
        return "1" if value else "0"


class WordsParameter(Parameter[str]):
    """Free words: a quoted passage, or all that is left. White space is folded, the length bounded."""

    greedy = True
    _QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')

    def __init__(self, example: str | Text, about: Text, question: Text, longest: int = 500) -> None:
        self.example = Text('"{words}"', words=example)
        self.about = about
        self.question = question
        self.longest = longest

    def take(self, said: str, ctx: "Context") -> tuple[str, str] | None:
        match = self._QUOTED.match(said)
        value = self.read(match[0] if match else said, ctx)
        return (value, said[match.end() :].strip() if match else "") if value else None

    def read(self, wire: str, ctx: "Context") -> str | None:
        value = " ".join(wire.split())
        while match := self._QUOTED.fullmatch(value):
            value = next(group for group in match.groups() if group is not None).strip()
        if len(value) > self.longest:
            raise Unclear(
                Plural(
                    "That is longer than the {n} character I can keep.",
                    "That is longer than the {n} characters I can keep.",
                    n=self.longest,
                )
            )
        return value or None


class WeekdayParameter(Parameter[int]):
    """A day of the week, 0 is Monday."""

    example = Text("friday")
    about = Text("which day of the week")
    question = Text("Which day of the week?")

    def take(self, said: str, ctx: "Context") -> tuple[int, str] | None:
        match = re.match(r"([^\W\d_]+)\.?", said)
        number = _weekdays(ctx.locale).get(match[1].casefold()) if match else None
        return (number, said[match.end() :].strip()) if match and number is not None else None

    def wire(self, value: int) -> str:
        return str(dates.get_day_names("wide", "format", formats(SOURCE))[value]).casefold()

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [Choice(Text("{weekday}", weekday=WeekdayText(n)), self.wire(n)) for n in range(7)]


class TimeOfDayParameter(Parameter[time]):
    """A local time of day: 9:00, 18.30, 9am, 7 pm."""

    example = "18:30"
    about = Text("at what time")
    question = Text("At what time?")

    def take(self, said: str, ctx: "Context") -> tuple[time, str] | None:
        match = _clock(ctx.locale).match(said)
        if not match:
            return None
        hour, half = int(match["hour"]), (match["half"] or "").casefold()
        if half:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half == "pm" else 0)
        return time(hour, int(match["minute"] or 0)), said[match.end() :].strip()

    def wire(self, value: time) -> str:
        return value.strftime("%H:%M")

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        return [Choice(Text("{time}", time=Clock(time(hour))), f"{hour:02}:00") for hour in (7, 9, 12, 18, 20)]


class ZoneParameter(Parameter[ZoneInfo]):
    """A time zone by its IANA name or by its city: Europe/Berlin, berlin, new york."""

    example = "Europe/Berlin"
    about = Text("your time zone, or your city")
    question = Text("Which time zone are you in? A city is enough.")
    _OFFSET = re.compile(r"(?:utc|gmt)?_?[+−-]_?\d")

    def take(self, said: str, ctx: "Context") -> tuple[ZoneInfo, str] | None:
        wanted = "_".join(said.casefold().split())
        if not wanted:
            return None
        known = _zones()
        found = known.get(wanted, ())
        if len(found) == 1:
            return ZoneInfo(found[0]), ""
        if self._OFFSET.match(wanted):
            # No place, so no rules for summer; and the IANA zone called Etc/GMT+3 is three hours *behind*.
            return None
        near = found or [z for key in get_close_matches(wanted, known, n=4, cutoff=0.75) for z in known[key]]
        if near:
            offers = [Choice(words(zone), zone) for zone in dict.fromkeys(near)]
            raise Unclear(Text("I do not know “{words}”. Did you mean one of these?", words=said), offers)
        return None

    def wire(self, value: ZoneInfo) -> str:
        return value.key

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        guess = ctx.zone.key
        common = (guess, "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
        return [Choice(words(zone), zone) for zone in dict.fromkeys(common)]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        wanted = "_".join(prefix.casefold().split())
        names = (zone for zones in _zones().values() for zone in zones if not zone.startswith("Etc/"))
        found = {zone for zone in names if f"/{wanted}" in f"/{zone.casefold()}"}
        return [Choice(words(zone), zone) for zone in sorted(found)[:25]]


class LanguageParameter(ChoiceParameter):
    """A language the bot speaks."""

    def __init__(self) -> None:
        super().__init__(
            "en",
            Text("which language"),
            Text("Which language?"),
            lambda _: {c: words(name) for c, name in languages().items()},
        )


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """The zone of every lower-case name, and the zones of every city: several where two share its name."""
    zones = sorted(zone for zone in available_timezones() if zone != "localtime")
    cities: dict[str, list[str]] = {}
    for zone in zones:
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            cities.setdefault(zone.rpartition("/")[2].casefold(), []).append(zone)
    present = get_global("zone_aliases")
    for city, names in cities.items():
        # America/Louisville is but an old name of America/Kentucky/Louisville.
        same = {present.get(name, name) for name in names}
        cities[city] = sorted(same) if len(same) == 1 else names
    return {city: tuple(names) for city, names in cities.items()} | {zone.casefold(): (zone,) for zone in zones}


@cache
def _clock(locale: str) -> re.Pattern[str]:
    oclock = rf"\s*(?:{either(_OCLOCK, locale)})"
    # "12 Uhr am Montag" is noon: where "am" is a word of the language, one before another word is not the English one.
    am = r"am(?!\s+\w)" if "am" in spellings(FILLER_WORDS, locale) else "am"
    return re.compile(
        rf"(?:at\s+)?(?P<hour>[01]?\d|2[0-3])(?:(?:[:.h]|{oclock}\s*)(?P<minute>[0-5]\d))?"
        rf"(?:{oclock})?\s*(?P<half>{am}|pm)?(?:{oclock})?(?![\w:]|[.,]\d)",
        re.IGNORECASE,
    )


@cache
def _weekdays(locale: str) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for code in (SOURCE, locale)
        for width in ("abbreviated", "wide")
        for number, name in dates.get_day_names(width, "format", formats(code)).items()
    }
