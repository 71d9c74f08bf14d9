"""Times of day and days of the week as people type them."""

from collections.abc import Callable
from datetime import time
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, TimeOfDay, Weekday
from bot.dialogue.text import Clock, Text
from bot.dialogue.text import Weekday as WeekdayText

Make = Callable[..., Context]
TIME: Parameter[time] = get_args(TimeOfDay)[1]
WEEKDAY: Parameter[int] = get_args(Weekday)[1]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("9:00", time(9)),
        ("09:05", time(9, 5)),
        ("18.30", time(18, 30)),
        ("18h30", time(18, 30)),
        ("18:30", time(18, 30)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("0", time(0)),
        ("23", time(23)),
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("7 pm", time(19)),
        ("7:45pm", time(19, 45)),
        ("12am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12pm", time(12)),
        ("11 pm", time(23)),
        ("1am", time(1)),
        ("at 9", time(9)),
        ("At 9:30", time(9, 30)),
        ("5 o'clock", time(5)),
        ("5 o'clock pm", time(17)),
        ("5 pm o'clock", time(17)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("half past seven pm", time(19, 30)),
        ("quarter to 8 in the morning", time(7, 45)),
        ("8 in the evening", time(20)),
        ("7pm-ish", time(19)),
        ("around 9", time(9)),
    ],
)
def test_a_time_of_day(context: Make, typed: str, at: time) -> None:
    assert TIME.take(typed, context()) == (at, "")


@pytest.mark.parametrize(
    ("typed", "at", "rest"),
    [
        ("9 friday", time(9), "friday"),
        ("9, friday", time(9), ", friday"),
        ("9:00 amber", time(9), "amber"),
        ("9. Friday", time(9), ". Friday"),
        ("7 pm on friday", time(19), "on friday"),
    ],
)
def test_what_follows_a_time_is_kept(context: Make, typed: str, at: time, rest: str) -> None:
    assert TIME.take(typed, context()) == (at, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24",
        "24:00",
        "25:00",
        "9:60",
        "9.60",
        "9:5",
        "9:00:00",
        "009",
        "13pm",
        "0am",
        "13 am",
        "9x",
        "nooner",
        "1" * 5000,
    ],
)
def test_what_is_no_time_is_none(context: Make, typed: str) -> None:
    assert TIME.take(typed, context()) is None


def test_good_hours_are_offered(context: Make) -> None:
    choices = TIME.choices(context())
    assert [TIME.read(choice.wire, context()) for choice in choices] == [time(hour) for hour in (7, 9, 12, 18, 20)]
    assert choices[0].label == Text("{time}", time=Clock(time(7)))


@pytest.mark.parametrize(
    ("typed", "weekday", "rest"),
    [
        ("monday", 0, ""),
        ("Sunday", 6, ""),
        ("FRI", 4, ""),
        ("fri.", 4, ""),
        ("Wed 18:00", 2, "18:00"),
        ("friday, 18:00", 4, ", 18:00"),
        ("tue", 1, ""),
        ("thu", 3, ""),
        ("sat", 5, ""),
    ],
)
def test_a_weekday(context: Make, typed: str, weekday: int, rest: str) -> None:
    assert WEEKDAY.take(typed, context()) == (weekday, rest)


@pytest.mark.parametrize("typed", ["", "today", "mondays", "f", "1", "fr1"])
def test_what_is_no_weekday_is_none(context: Make, typed: str) -> None:
    assert WEEKDAY.take(typed, context()) is None


def test_every_weekday_is_offered(context: Make) -> None:
    choices = WEEKDAY.choices(context())
    assert [choice.wire for choice in choices] == [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
    assert [choice.label for choice in choices] == [Text("{weekday}", weekday=WeekdayText(n)) for n in range(7)]
    assert [choice.wire for choice in WEEKDAY.suggest("T", context())] == ["tuesday", "thursday"]
