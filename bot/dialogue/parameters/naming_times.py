"""Days of the week and study times in words."""

from collections.abc import Iterable, Sequence
from datetime import time

from bot.dialogue.text import Clock, Minutes, Text
from bot.dialogue.text import Weekday as WeekdayText


def weekdays_text(weekdays: Sequence[int]) -> Text:
    """Days of the week in words: every day, from one to another, or one by one."""
    if len(weekdays) == 7:
        return Text("every day")
    first, last = WeekdayText(weekdays[0]), WeekdayText(weekdays[-1])
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return Text("{first} to {last}", first=first, last=last)
    listed = Text("{weekday}", weekday=first)
    for weekday in weekdays[1:-1]:
        listed = Text("{days}, {weekday}", days=listed, weekday=WeekdayText(weekday))
    return Text("{days} and {weekday}", days=listed, weekday=last) if len(weekdays) > 1 else listed


def days_at(weekdays: Sequence[int], at: time) -> Text:
    """On which days of the week, at what time."""
    if len(weekdays) == 1:
        return Text("{weekday} at {time}", weekday=WeekdayText(weekdays[0]), time=Clock(at))
    return Text("{days} at {time}", days=weekdays_text(weekdays), time=Clock(at))


def times_texts(times: Iterable[tuple[int, time | None, int | None]]) -> list[Text]:
    """Study times, each a weekday with a local time and minutes, as far as they are known; those that differ in their
    day alone are told together."""
    together: dict[tuple[time | None, int | None], list[int]] = {}
    for weekday, at, minutes in sorted(times, key=lambda known: (known[0], known[1] or time())):
        together.setdefault((at, minutes), []).append(weekday)
    return [_time_text(days, at, minutes) for (at, minutes), days in together.items()]


def _time_text(days: Sequence[int], at: time | None, minutes: int | None) -> Text:
    when = days_at(days, at) if at else weekdays_text(days)
    return Text("{when} for {time}", when=when, time=Minutes(minutes)) if minutes else when


def listed(texts: Sequence[Text]) -> Text:
    """Several of them in one line."""
    line = texts[0]
    for text in texts[1:]:
        line = Text("{some}, {more}", some=line, more=text)
    return line
