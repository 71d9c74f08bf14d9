"""Puts a text into words: the sentence from the language's catalogue, each value formatted (Babel) and escaped."""

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.dialogue.text import (
    Clock,
    Day,
    Days,
    InLanguage,
    Link,
    Minutes,
    Moment,
    Percent,
    ReadersTime,
    Text,
    Typed,
    Value,
    Weekday,
)

Number: TypeAlias = int | Percent | Day | Days | Moment | Clock | Weekday
"""A value that is written in the same way wherever it stands."""

CATALOGUES = Path(__file__).parent.parent / "locales"
SOURCE = "en"
_PLACE = re.compile(r"\{(\w+)\}")
_FORMATS = {"en": "en_GB"}
"""English is written for the whole world: days before months and a clock of 24 hours."""


@dataclass(frozen=True)
class Markup:
    """How a platform writes plain words, a link, something to type, and an instant on each reader's own clock (None
    where it cannot). The default is plain text."""

    escape: Callable[[str], str] = lambda words: words
    link: Callable[[str, str], str] = lambda title, url: f"{title} <{url}>" if url else title
    typed: Callable[[str], str] = lambda words: words
    readers_time: Callable[[datetime], str | None] = lambda _: None


PLAIN = Markup()


def languages() -> Mapping[str, str]:
    """The bot's languages by code, each with its own name for itself; a new one is seen at the next start."""
    return _languages(CATALOGUES)


@cache
def _languages(catalogues: Path) -> Mapping[str, str]:
    codes = [SOURCE, *sorted(path.parent.parent.name for path in catalogues.glob("*/LC_MESSAGES/studybuddy.po"))]
    return MappingProxyType({code: (Locale.parse(code).get_display_name(code) or code).capitalize() for code in codes})


def nearest(locale: str | None) -> str:
    """The bot's language nearest to a platform's locale ("de-AT" gives "de"); English where there is none."""
    code = (locale or SOURCE).replace("-", "_").partition("_")[0].lower()
    return code if code in languages() else SOURCE


@cache
def catalogue(locale: str) -> gettext.NullTranslations:
    """The translations of a language; those of English are the sentences themselves."""
    path = CATALOGUES / locale / "LC_MESSAGES" / "studybuddy.po"
    if locale == SOURCE or not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=locale))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def formats(locale: str) -> Locale:
    """The locale whose dates and numbers a language uses."""
    try:
        return Locale.parse(_FORMATS.get(locale, locale))
    except UnknownLocaleError:
        return Locale.parse(_FORMATS[SOURCE])


@dataclass(frozen=True)
class Wording:
    """One language in one platform's markup."""

    locale: str = SOURCE
    markup: Markup = PLAIN

    def say(self, text: Text) -> str:
        """The sentence with its values, ready to be sent."""
        translations = catalogue(self.locale)
        if text.plural is None:
            sentence = translations.gettext(text.message)
        else:
            n = text.values["n"]
            sentence = translations.ngettext(text.message, text.plural, n if isinstance(n, int) else 0)
        return _template(sentence, tuple(text.values), self.markup)(*map(self._value, text.values.values()))

    def _value(self, value: Value) -> str:
        match value:
            case Text():
                return self.say(value)
            case Link(title, url):
                return self.markup.link(title, url)
            case InLanguage(code):
                return self._language(code)
            case Typed(words):
                return self.markup.typed(Wording(self.locale).say(words) if isinstance(words, Text) else words)
            case ReadersTime(at):
                own = self.markup.readers_time(at)
                return f" · {own}" if own else ""
            case str():
                return self.markup.escape(value)
            case Minutes(minutes):
                return self.markup.escape(self.say_minutes(minutes))
            case _:
                return self.markup.escape(_formatted(value, self.locale))

    def _language(self, code: str) -> str:
        spoken, _, _ = code.replace("_", "-").lower().partition("-")
        if spoken == self.locale:
            return ""
        name = formats(self.locale).languages.get(spoken, code)
        return " " + self.say(Text("(in {language})", language=name))

    def say_minutes(self, minutes: int) -> str:
        """An amount of time: "1 h 30 min", "45 min", "8 h"."""
        hours, rest = divmod(minutes, 60)
        _ = catalogue(self.locale).gettext
        if not hours:
            return _("{minutes} min").format(minutes=rest)
        if not rest:
            return _("{hours} h").format(hours=hours)
        return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


@lru_cache(maxsize=4096)
def _template(sentence: str, names: tuple[str, ...], markup: Markup) -> Callable[..., str]:
    """What puts values, in the order of their names, into a sentence that is escaped once and for all."""
    # Numbers in place of names: a platform's escapes would change some of their letters.
    places = {name: n for n, name in enumerate(names)}
    return markup.escape(_PLACE.sub(lambda place: f"{{{places[place[1]]}}}", sentence)).format


@lru_cache(maxsize=8192)
def _formatted(value: Number, locale: str) -> str:
    """A number or a time as a language writes it."""
    spoken = formats(locale)
    match value:
        case int():
            return numbers.format_decimal(value, locale=spoken)
        case Percent(percent):
            return numbers.format_percent(percent / 100, locale=spoken)
        case Day(day, short):
            return dates.format_skeleton("MMMd" if short else "yMMMEd", day, locale=spoken)
        case Days(first, last):
            return dates.format_interval(first, last, "MMMd", locale=spoken)
        case Moment(at, zone):
            local = at.astimezone(ZoneInfo(zone))
            on = dates.format_skeleton("MMMEd", local.date(), locale=spoken)
            time = dates.format_time(local, "short", tzinfo=ZoneInfo(zone), locale=spoken)
            return str(dates.get_datetime_format("short", spoken)).format(time, on)
        case Clock(at):
            return dates.format_time(at, "short", locale=spoken)
        case Weekday(weekday):
            return str(dates.get_day_names("wide", "stand-alone", spoken)[weekday])
    raise TypeError(f"no words for {value!r}")
