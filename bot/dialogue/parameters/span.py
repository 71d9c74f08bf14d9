"""Days from one to another, both included: from 19 to 25 January, next week, 2 weeks from monday."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bot.core.calendar import DAY, WEEK, monday_of
from bot.dialogue.parameters.base import Choice, Parameter, Unclear, every_spelling, in_any
from bot.dialogue.parameters.clock import weekday_names
from bot.dialogue.parameters.day import DAY_WORDS, WEEK_WORDS, DayParameter
from bot.dialogue.text import Day, Days, Text
from bot.dialogue.wording import catalogue, languages

if TYPE_CHECKING:
    from bot.dialogue.context import Context

# note: what may come before the first of several days, as in “from monday to friday”
_FROM = Text("from, starting on, starting, beginning, as of")
# note: what may come before the first of two days, with “and” before the other, as in “between monday and friday”
_BETWEEN = Text("between")
# note: what comes before the last day after “between”; by itself it may as well mean two single days
_AND = Text("and")
# note: what may come before the last of several days, as in “from monday to friday”
_TO = Text("up to and including, until and including, until, till, to, through, thru, up to")
# note: what may come before a span of time, as in “from monday for 2 weeks”
_FOR = Text("for")
# note: all days of the coming week, in every form that may be typed
_NEXT_WEEK = Text("next week, the next week, the coming week, all next week, the whole of next week")
# note: the days that are left of this week, in every form that may be typed
_THIS_WEEK = Text("this week, the rest of the week, the rest of this week")
# note: the coming Saturday and Sunday, in every form that may be typed
_WEEKEND = Text("this weekend, the weekend, weekend, the coming weekend")
# note: as in “one week”, “a day”, in every form that may come before a day or a week
_ONE = Text("a, an, one")
# note: the numbers from two to ten in words, in this order
_NUMBERS = Text("two, three, four, five, six, seven, eight, nine, ten")
_DASH = "-–—"
_WIRE = re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}(?![\w/-])")
_YEAR = re.compile(r"\d{4}")
# note: what may come before the number of a day, as in “from the 19th”
_THE = Text("the")
_FARTHEST = 183
"""Days without a year that lie farther apart are in the wrong order."""
_BEGUN = timedelta(days=31)
"""Days without a year that began earlier than this are those of the next year."""


class Span(NamedTuple):
    """The first and the last day, both included; `last` is None where it is not known yet."""

    first: date
    last: date | None


class SpanParameter(Parameter[Span]):
    """Days to come, from one to another. A day by itself is none, unless “from” comes before it.

    A question for the last day carries the first one in the argument `since`.
    """

    example = Text("from 19 to 25 January")
    about = Text("from which day to which, both included")
    question = Text("From which day to which?")
    stands_alone = True

    def take(self, typed: str, ctx: "Context") -> tuple[Span, str] | None:
        """Read the first and the last day. Raises `Unclear` where the last comes before the first, or “and” may mean
        two single days."""
        before = _word_before(typed, ctx)
        if (wire := _WIRE.match(typed)) and (both := self.read(wire[0], ctx)):
            return both, typed[wire.end() :].strip()
        reader = _Reader(typed, ctx)
        if week := reader.week():
            until = before in every_spelling(_TO) and week[0].first > ctx.today
            return (Span(ctx.today, week[0].first - DAY), week[1]) if until else week
        with suppress(ValueError):
            if since := ctx.request.args.get("since"):
                return reader.until(date.fromisoformat(since), 0, bare=True)
        if counted := reader.counted():
            return counted
        return reader.spanned(before)

    def wire(self, value: Span) -> str:
        """Both dates in ISO 8601 with a slash between them; nothing behind it where the last is not known."""
        return _wire(value)

    def read(self, wire: str, ctx: "Context") -> Span | None:
        """What `wire` made, or what `take` makes of the words."""
        first, slash, last = wire.partition("/")
        with suppress(ValueError):
            if slash:
                return Span(date.fromisoformat(first), date.fromisoformat(last) if last else None)
        return super().read(wire, ctx)

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """Seven days from today on, next week, and the next two weeks."""
        first = ctx.weeks.next(ctx.today)
        last = ctx.weeks.last_of(first)
        spans = [Span(ctx.today, ctx.today + 6 * DAY), Span(first, last), Span(first, ctx.weeks.last_of(last + DAY))]
        return list(map(_choice, spans))


class _Reader:
    """Reads days from what was typed."""

    def __init__(self, typed: str, ctx: "Context") -> None:
        self._typed, self._lowered, self._ctx = typed, typed.lower(), ctx
        self._day, self._between = DayParameter(past=False), False

    def week(self) -> tuple[Span, str] | None:
        """A week by its name."""
        weeks, today = self._ctx.weeks, self._ctx.today
        if match := _pattern(_NEXT_WEEK).match(self._lowered):
            return Span(weeks.next(today), weeks.last_of(weeks.next(today))), self._typed[match.end() :].strip()
        if match := _pattern(_THIS_WEEK).match(self._lowered):
            return Span(today, weeks.last_of(today)), self._typed[match.end() :].strip()
        if match := _pattern(_WEEKEND).match(self._lowered):
            saturday = monday_of(today) + 5 * DAY  # a weekend is the same whatever day a week begins on
            return Span(max(today, saturday), saturday + DAY), self._typed[match.end() :].strip()
        return None

    def counted(self) -> tuple[Span, str] | None:
        """“2 weeks from monday”."""
        match = _length().match(self._lowered)
        begins = match and _pattern(_FROM).match(self._lowered, match.end())
        if not match or not begins:
            return None
        begin = self._take(begins.end())
        return (Span(begin[0], begin[0] + _span(match) - DAY), self._rest(begin[1])) if begin else None

    def spanned(self, before: str) -> tuple[Span, str] | None:
        """A first day and what follows it; a single day only after “from”, which may have been taken off as
        `before`."""
        between, match = _pattern(_BETWEEN).match(self._lowered), _pattern(_FROM).match(self._lowered)
        self._between = bool(between) or before in every_spelling(_BETWEEN)
        opened = bool(match) or before in every_spelling(_FROM)
        word = between or match
        at = word.end() if word else 0
        if both := self._in_one_month(at):
            return both
        begin = self._take(at)
        if not begin:
            return None
        first, end = begin
        return self.until(first, end) or ((Span(first, None), self._rest(end)) if opened else None)

    def until(self, first: date, at: int, *, bare: bool = False) -> tuple[Span, str] | None:
        """The last day: “to friday”, “- 25 January”, “for 2 weeks”; `bare`: without the word before it."""
        length = _length().match(self._lowered, at)
        if length:
            return Span(first, first + _span(length) - DAY), self._rest(length.end())
        joined = _pattern(_AND).match(self._lowered, at)
        match = joined or _to().match(self._lowered, at)
        if not match and not bare:
            return None
        start = match.end() if match else at
        ending = self._take(start) or self._day_of(first, start)
        if not ending:
            return None
        last, end = ending
        typed = self._lowered[start:end]
        return self._ordered(first, last, named=not re.search(r"\d", typed), end=end, joined=bool(joined) and not bare)

    def _in_one_month(self, at: int) -> tuple[Span, str] | None:
        """“19-25 January”, “19. bis 25.1.”."""
        match = re.compile(
            rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?(?:{_to().pattern}|(?P<and>{_pattern(_AND).pattern}))(?=\d)"
        ).match(self._lowered, at)
        ending = self._take(match.end()) if match else None
        if not match or not ending or not 1 <= int(match[1]) <= ending[0].day:
            return None
        if _length().match(self._lowered, match.end()):
            return None
        if not re.match(r"\d{1,2}(?:st|nd|rd|th|\.)?\s*(?:[^\W\d_]|\d{1,2}\.)", self._lowered[match.end() :]):
            return None
        return self._ordered(
            ending[0].replace(day=int(match[1])), ending[0], named=False, end=ending[1], joined=bool(match["and"])
        )

    def _day_of(self, first: date, at: int) -> tuple[date, int] | None:
        """“January 19 - 25”: the 25th of the month of the first day."""
        match = _numbered().match(self._lowered, at)
        day = _on_the(int(match[1]), first) if match else None
        return (day, match.end()) if match and day else None

    def _ordered(self, first: date, last: date, *, named: bool, end: int, joined: bool) -> tuple[Span, str]:
        """Both days in order: a weekday is the next one after the first; without a year they lie ahead.

        Two that are `joined` by “and”, without “between”, may be single days.
        """
        today = self._ctx.today
        if last < first and named:
            last += (first - last + 6 * DAY) // WEEK * WEEK
        if not _YEAR.search(self._lowered[:end]):
            if last < first and (_a_year_on(last) - first).days <= _FARTHEST:
                last = _a_year_on(last)
            if first <= last and (last < today or today - first > _BEGUN):
                first, last = _a_year_on(first), _a_year_on(last)
        if last < first:
            turned = _choice(Span(last, first))
            problem = Text("{last} comes before {first}. Which days do you mean?", last=Day(last), first=Day(first))
            raise Unclear(problem, [turned], self._rest(end))
        if joined and not self._between:
            raise Unclear(
                Text("All days from {first} to {last}, or one of the two?", first=Day(first), last=Day(last)),
                [_choice(Span(*both)) for both in ((first, last), (first, first), (last, last))],
                self._rest(end),
            )
        return Span(first, last), self._rest(end)

    def _take(self, at: int) -> tuple[date, int] | None:
        """A day from there on, with where it ends; a weekday before a date says nothing more."""
        names = "|".join(re.escape(name) for code in languages() for name in weekday_names(code))
        if match := re.compile(rf"\s*(?:{names})\.?,?\s+(?=\d)").match(self._lowered, at):
            at = at if _length().match(self._lowered, match.end()) else match.end()
        if match := _pattern(_NEXT_WEEK).match(self._lowered, at):
            return self._ctx.weeks.next(self._ctx.today), match.end()
        taken = self._day.take(self._typed[at:], self._ctx)
        if taken:
            return taken[0], len(self._typed.rstrip()) - len(taken[1])
        match = _numbered().match(self._lowered, at)
        return self._day_of(self._ctx.today, at) if match and not match[0].strip().isdigit() else None

    def _rest(self, end: int) -> str:
        return self._typed[end:].strip()


def _wire(span: Span) -> str:
    return f"{span.first.isoformat()}/{span.last.isoformat() if span.last else ''}"


def _choice(span: Span) -> Choice:
    last = span.last or span.first
    return Choice(
        Text("{day}", day=Day(last)) if span.first == last else Text("{days}", days=Days(span.first, last)), _wire(span)
    )


def _word_before(rest: str, ctx: "Context") -> str:
    """The word before `rest` in the request, which may have been taken off as a small word."""
    typed = ctx.request.rest.strip()
    words = typed.removesuffix(rest).lower().split() if typed.endswith(rest) else []
    return words[-1] if words else ""


def _on_the(number: int, since: date) -> date | None:
    """The first day from `since` on with this number in its month."""
    days = (since + n * DAY for n in range(62))
    return next((day for day in days if day.day == number), None)


def _a_year_on(day: date) -> date:
    return (
        (day + DAY).replace(year=day.year + 1) - DAY
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year + 1)
    )


def _span(match: re.Match[str]) -> timedelta:
    """How long “2 weeks” or “a day” is."""
    number = match["n"]
    numbers = {word: n for code in languages() for n, word in enumerate(_listed(_NUMBERS, code), start=2)}
    count = int(number) if number.isdigit() else numbers.get(number, 1)
    return count * (WEEK if match["weeks"] else DAY)


def _listed(text: Text, locale: str) -> list[str]:
    return [word.strip().lower() for word in catalogue(locale).gettext(text.message).split(",")]


@cache
def _pattern(words: Text) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{in_any(words)})(?!\w)\s*")


@cache
def _to() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[{_DASH}/]|\.\.\.?|(?:{in_any(_TO)})(?=\s))\s*")


@cache
def _length() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:(?:{in_any(_FOR)})\s+)?(?P<n>\d{{1,3}}|{in_any(_ONE)}|{in_any(_NUMBERS)})\s+"
        rf"(?:(?P<weeks>{in_any(WEEK_WORDS)})|{in_any(DAY_WORDS)})(?!\w)"
    )


@cache
def _numbered() -> re.Pattern[str]:
    """“the 19th”, “19.”: a day of a month by its number alone."""
    return re.compile(rf"\s*(?:(?:{in_any(_THE)})\s+)?(\d{{1,2}})(?:st|nd|rd|th|\.)?(?![\w:,/]|\.\d)")
