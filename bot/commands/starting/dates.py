"""The day on which a roadmap begins: how it is typed, and what is said of it."""

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated

from bot.commands.starting.answers import enrolled_text
from bot.commands.starting.questions import ask_zone
from bot.core.calendar import WEEK
from bot.dialogue.context import Context
from bot.dialogue.parameters import DayParameter, every_spelling, plain
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Day, Minutes, Text, Typed
from bot.usecases.start_on import CannotStart, HasBegun, OverAlready, check_start, start_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.parameters import Choice

# note: what may come before the day on which somebody begins, as in “from monday”, “starting 7 December”
_FROM = Text("from, starting, starting on, starting from, beginning, beginning on, as of, on")


class StartDayParameter(DayParameter):
    """A day to begin on, today or later: from monday, 7 Dec. A bare number is no day: it is hours a week."""

    example = Text("from monday")
    about = Text("from which day on, if not from today")
    question = Text("From which day on?")

    def __init__(self) -> None:
        super().__init__(past=False)
        self.stands_alone = False
        self.example, self.about, self.question = type(self).example, type(self).about, type(self).question

    def take(self, typed: str, ctx: Context) -> tuple[date, str] | None:
        """Read a day to come, or today."""
        begin = _from().match(plain(typed))
        typed = typed[begin.end() :] if begin else typed
        reading = self.at(plain(typed), 0, ctx)
        if reading and reading.loose:
            return None
        return super().take(typed, ctx)

    def choices(self, ctx: Context) -> "Sequence[Choice]":
        """The next first day of a week, and the one after it."""
        first = ctx.weeks.next(ctx.today)
        return [self.offer(day) for day in (first, first + WEEK)]


@cache
def _from() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, every_spelling(_FROM)))})\s+")


StartDay = Annotated[date, StartDayParameter()]


def check_day(ctx: Context, day: date | None) -> None:
    """Refuse a day on which nothing can begin."""
    try:
        if day is not None:
            check_start(day, ctx.today)
    except CannotStart as error:
        raise _refusal(ctx, error, day or ctx.today) from None


def begin_on(ctx: Context, day: date, *, asked: bool) -> Reply:
    """Let the roadmap begin on a day; `asked`: the question for the time zone is open and follows again."""
    try:
        start_on(ctx.uow, ctx.who, ctx.study, day, today=ctx.today, now=ctx.now)
    except CannotStart as error:
        raise _refusal(ctx, error, day) from None
    text = enrolled_text(ctx.study, ctx.today)
    if asked:
        return ask_zone(ctx, text)
    return reply(text, *([begins_text(day)] if day > ctx.today else []), buttons=((Button(Text("Today"), "today"),),))


def begins_text(day: date) -> Text:
    """What happens until the first day."""
    return Text("You begin on {day}; nothing is owed before, and I write to you then.", day=Day(day))


def later_button(ctx: Context) -> Button | None:
    """The button that lets a roadmap begin with the next week; None where one begins today."""
    first = ctx.weeks.first_of(ctx.today)
    if first == ctx.today:
        return None
    following = ctx.weeks.next(ctx.today)
    return Button(Text("Begin on {day}", day=Day(following)), "start", _since(following))


def today_button(ctx: Context) -> Button:
    """The button that lets a roadmap begin today that was to begin later."""
    return Button(Text("Begin today"), "start", _since(ctx.today) | {"zone": ctx.zone.key})


def _since(day: date) -> dict[str, str]:
    return {"since": day.isoformat()}


def _refusal(ctx: Context, error: CannotStart, day: date) -> Refusal:
    if isinstance(error, HasBegun):
        return Refusal(
            Text(
                "You have studied {time} already, so your start stays where it is: {start}. {again} begins anew, "
                "{pause} takes a break.",
                time=Minutes(ctx.study.logged),
                start=Day(ctx.study.start),
                again=Typed(Text("/start again")),
                pause=Typed("/pause"),
            ),
            buttons=(Button(Text("Today"), "today"),),
            final=True,
        )
    if isinstance(error, OverAlready):
        return Refusal(
            Text(
                "{day} has passed. What you studied before counts all the same: {before}.",
                day=Day(day),
                before=Typed(Text("/before 30h")),
            ),
            option="since",
        )
    return Refusal(Text("{day} is more than a year ahead.", day=Day(day)), option="since")
