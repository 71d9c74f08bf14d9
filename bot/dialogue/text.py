"""What the bot says, before the platform and the language are known: an English sentence and the values in it.

The sentence is the gettext msgid. A renderer picks the locale, formats each value and escapes it for its platform, so
that learners' words never become markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias


@dataclass(frozen=True)
class Minutes:
    """An amount of study time: "1 h 30"."""

    minutes: int


@dataclass(frozen=True)
class Percent:
    """A share in whole percent."""

    percent: int


@dataclass(frozen=True)
class Day:
    """A date; `short` leaves out the weekday and a year that goes without saying."""

    day: date
    short: bool = False


@dataclass(frozen=True)
class Days:
    """A span of dates, first and last."""

    first: date
    last: date


@dataclass(frozen=True)
class Moment:
    """An instant, shown in the learner's zone: weekday, date and time."""

    at: datetime
    zone: str


@dataclass(frozen=True)
class ReadersTime:
    """An instant on the clock of whoever reads it, behind one in another zone: " · 19:00". Nothing on platforms that do
    not know their readers' zones."""

    at: datetime


@dataclass(frozen=True)
class Clock:
    """A local time of day."""

    at: time


@dataclass(frozen=True)
class Weekday:
    """A day of the week, 0 is Monday."""

    weekday: int


@dataclass(frozen=True)
class Link:
    """A title with an address."""

    title: str
    url: str


@dataclass(frozen=True)
class InLanguage:
    """The language of something linked, by its code: " (in English)"; nothing where the reader speaks it anyway."""

    code: str


@dataclass(frozen=True)
class Typed:
    """Something to type, such as "/log 1h30"; a `Text` where it contains words of a language."""

    words: "str | Text"


class Text:
    """An English sentence with named values: `Text("Logged {spent} on {item}.", spent=Minutes(90), item=title)`.

    A plain `str` value is somebody's own words (a note, a name, a title): shown as they are, never translated.
    """

    __slots__ = ("message", "plural", "values")

    def __init__(self, message: str, /, **values: "Value") -> None:
        self.message = message
        self.plural: str | None = None
        self.values: Mapping[str, Value] = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.message, self.plural, self.values) == (
            other.message,
            other.plural,
            other.values,
        )

    def __hash__(self) -> int:
        return hash((self.message, self.plural))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r}, {dict(self.values)!r})"


class Plural(Text):
    """A sentence that depends on the number `n`: `Plural("{n} day", "{n} days", n=3)`."""

    __slots__ = ()

    def __init__(self, singular: str, plural: str, /, n: int, **values: "Value") -> None:
        super().__init__(singular, n=n, **values)
        self.plural = plural


Value: TypeAlias = (
    str
    | int
    | Text
    | Minutes
    | Percent
    | Day
    | Days
    | Moment
    | ReadersTime
    | Clock
    | Weekday
    | Link
    | InLanguage
    | Typed
)


def words(typed: str) -> Text:
    """A person's own words as a text: never translated, always escaped."""
    return Text("{words}", words=typed)
