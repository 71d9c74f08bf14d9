"""Hours between two times of day: on which day they were, where those of today have not come yet."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.core.calendar import DAY
from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.meaning import Meaning
from bot.dialogue.parameters import DayParameter
from bot.dialogue.parameters.duration import Spent
from bot.dialogue.questions import ASKED, REST, Asked, in_rows
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.scanning import Passage
from bot.dialogue.text import Text

_SOON = 30
"""Who has begun and logs so many minutes before the end is as good as done."""
_DAY = 24 * 60


def check(command: Command, meant: Meaning, carried: Mapping[str, str], ctx: Context) -> None:
    """Raise `Asked` for hours that are said to be today's and are not over: they may be yesterday's, or are to come."""
    day = _day_option(command)
    named = meant.of(day) if day else []
    answered = ctx.request.pressed or ctx.request.args.get(ASKED) == (day and day.name)
    if day is None or len(named) > 1 or (named and (named[0].value != ctx.today or answered)):
        return
    for passage, start, length in _spans(meant):
        overnight = not named and start + length > _DAY and _minute(ctx) < start
        yet_to_come = start > _minute(ctx) or start + length > _minute(ctx) + _SOON
        if yet_to_come and not overnight:
            raise Asked(_question(command, day, meant, passage, named, carried, ctx))


def set_day(command: Command, meant: Meaning, values: dict[str, Any], ctx: Context) -> None:
    """Hours over midnight count for the day they began: yesterday, where that time of today has not come yet."""
    day = _day_option(command)
    if day is None or day.name in values:
        return
    if any(start + length > _DAY and _minute(ctx) < start for _, start, length in _spans(meant)):
        values[day.name] = ctx.today - DAY


def _day_option(command: Command) -> Option | None:
    return next((option for option in command.options if isinstance(option.parameter, DayParameter)), None)


def _spans(meant: Meaning) -> Iterator[tuple[Passage, int, int]]:
    """Each amount that was said as two times of day, with the minute of the day at which it began, and its minutes."""
    for passage in meant.values:
        reading = passage.reading
        if isinstance(reading, Spent) and reading.start is not None and reading.value:
            yield passage, reading.start, reading.value


def _minute(ctx: Context) -> int:
    """The minute of the learner's day, from midnight on; more than a day has while a day that is over still counts."""
    local = ctx.now.astimezone(ctx.zone)
    midnight = datetime.combine(ctx.today, datetime.min.time(), ctx.zone)
    return int((local.replace(tzinfo=None) - midnight.replace(tzinfo=None)).total_seconds()) // 60


def _question(
    command: Command,
    day: Option,
    meant: Meaning,
    passage: Passage,
    named: list[Passage],
    carried: Mapping[str, str],
    ctx: Context,
) -> Reply:
    """Which day these hours are of; the words are kept, and each answer is put in place of the day in them."""
    without = meant.with_(named[0], "") if named else meant.text
    offers = list(day.parameter.choices(ctx)[:2])[::-1]
    buttons = [Button(offer.label, command.name, {**carried, REST: f"{without} {offer.wire}"}) for offer in offers]
    return reply(
        Text(
            "“{words}” of today is not over yet. Which day is it?",
            words=meant.text[passage.start : passage.end].strip(),
        ),
        buttons=in_rows(buttons),
        expects=Expects(command.name, day.name, {**carried, REST: without}),
    )
