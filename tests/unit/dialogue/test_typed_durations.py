"""Hours are understood as people really type them, and nothing that follows them is lost."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Available, Duration, Parameter, Unclear
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Text, Typed

Make = Callable[..., Context]
DURATION: Parameter[int] = get_args(Duration)[1]
AVAILABLE: Parameter[int] = get_args(Available)[1]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1h30", 90),
        ("90", 90),
        ("90m", 90),
        ("90 min", 90),
        ("90 minutes", 90),
        ("90'", 90),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("2,5h", 150),
        ("1.5", 90),
        ("0.5", 30),
        ("1:30", 90),
        ("1:30h", 90),
        ("0:45", 45),
        ("1:30:00", 90),
        ("1:30:15", 90),
        ("4:59", 299),
        ("2h 15min", 135),
        ("2h15", 135),
        ("2h15m", 135),
        ("2h5", 125),
        ("2 h 15 min", 135),
        ("2h, 15 min", 135),
        ("2h and 15 min", 135),
        ("2h & 15 min", 135),
        ("1 hour and 30 minutes", 90),
        ("1 hr 30 mins", 90),
        ("2 hrs", 120),
        ("2 HOURS", 120),
        ("2 hrs.", 120),
        ("1h 30", 90),
        ("1h 05", 65),
        ("1 h and 30 ", 90),
        ("half an hour", 30),
        ("an hour", 60),
        ("a hour", 60),
        ("one hour", 60),
        ("half hour", 30),
        ("one and a half hours", 90),
        ("An hour and a half", 90),
        ("1½h", 90),
        ("1½ hours", 90),
        ("½h", 30),
        ("¾ h", 45),
        ("1¼", 75),
        ("½", 30),
        ("+30", 30),
        ("10", 10),
        ("1440", 1440),
        ("24h", 1440),
        ("23h59", 1439),
        ("1m", 1),
        ("2.4 min", 2),
        # 20.4 and 20.6 minutes.
        ("0.34h", 20),
        ("0.3433h", 21),
        ("1h 90min", 150),
        # Other scripts' digits are digits.
        ("١٢", 12),
        ("٩٠ min", 90),
    ],
)
def test_a_duration(context: Make, typed: str, minutes: int) -> None:
    assert DURATION.take(typed, context()) == (minutes, "")


@pytest.mark.parametrize(
    ("typed", "minutes", "rest"),
    [
        ("45 min yesterday calculus", 45, "yesterday calculus"),
        ("2h 3 March", 120, "3 March"),
        ("2h 15 March", 120, "15 March"),
        ("1h 3.3.", 60, "3.3."),
        ('1h on 3 March "note"', 60, 'on 3 March "note"'),
        ("1h30, calculus", 90, ", calculus"),
        ("1h30. Chain rule", 90, ". Chain rule"),
        ("2h, calculus", 120, ", calculus"),
        ("30, calculus", 30, ", calculus"),
        ("1h   calculus  ", 60, "calculus"),
        ("90 99", 90, "99"),
        ("1h 75", 60, "75"),
        ("1h 3", 60, "3"),
        ("1h 30 pages", 60, "30 pages"),
        ("1h 30min calculus", 90, "calculus"),
        ("30 matrices", 30, "matrices"),
        ("2h monday", 120, "monday"),
        ("an hour ago", 60, "ago"),
        # Minutes without their unit, where a day follows that begins with no number.
        ("1h 30 yesterday", 90, "yesterday"),
        ("1h 30 on monday", 90, "on monday"),
        ("1h\ncalculus", 60, "calculus"),
    ],
)
def test_what_follows_is_kept(context: Make, typed: str, minutes: int, rest: str) -> None:
    assert DURATION.take(typed, context()) == (minutes, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "calculus",
        "h",
        "min",
        "1e3",
        "1:5",
        "1h60",
        "1h90min",
        "0x10",
        "30x",
        "3/4",
        "30-40",
        "3.3.",
        "3.3.2026",
        "2026-03-03",
        "1.2.3",
        "half a day",
        "#5",
        "9" * 7,
        "9" * 5000,
        "1." + "9" * 5000,
        "9" * 5000 + "h",
        "9" * 5000 + ":30",
        "²",
        "½½",
        # A date, and days, are no hours.
        "15 March",
        "3 march 2h",
        "3 of march",
        "12 sept",
        "2 days ago",
        "20 days ago",
        "1 week ago",
    ],
)
def test_what_is_no_duration_is_left_for_others(context: Make, typed: str) -> None:
    assert DURATION.take(typed, context()) is None


@pytest.mark.parametrize(
    ("typed", "number", "rest"), [("2", 2, ""), ("1", 1, ""), ("9", 9, ""), ("3 calculus", 3, "calculus")]
)
def test_a_small_bare_number_is_asked_about(context: Make, typed: str, number: int, rest: str) -> None:
    with pytest.raises(Unclear) as raised:
        DURATION.take(typed, context())
    assert [choice.label for choice in raised.value.choices] == [
        Text("{time}", time=Minutes(number * 60)),
        Text("{time}", time=Minutes(number)),
    ]
    assert [DURATION.read(choice.wire, context()) for choice in raised.value.choices] == [number * 60, number]
    assert raised.value.rest == rest


@pytest.mark.parametrize("typed", ["0", "0h", "0 min", "0:00", "00", "0.001h", "-30", "−30", "- 30", "-1h30", "-½h"])
def test_nothing_and_less_is_refused_with_a_way_out(context: Make, typed: str) -> None:
    with pytest.raises(Refusal) as raised:
        DURATION.take(typed, context())
    assert raised.value.lines == (
        Text("An entry needs more than zero minutes, such as {example}.", example=Typed("45m")),
        Text("To take back something you logged, use {undo}.", undo=Typed("/undo")),
    )


@pytest.mark.parametrize(("typed", "minutes"), [("25h", 1500), ("1441", 1441), ("24h01", 1441), ("999999h", 59999940)])
def test_more_than_a_day_is_refused(context: Make, typed: str, minutes: int) -> None:
    with pytest.raises(Refusal) as raised:
        DURATION.take(typed, context())
    (line,) = raised.value.lines
    assert line == Text("{time} is more than a day has: an entry is for one day.", time=Minutes(minutes))


def test_a_bare_number_with_a_plus_is_clear(context: Make) -> None:
    assert DURATION.take("+5", context()) == (5, "")


def test_good_answers_are_offered(context: Make) -> None:
    def offers(parameter: Parameter[Any]) -> list[Any]:
        return [parameter.read(choice.wire, context()) for choice in parameter.choices(context())]

    assert offers(DURATION) == [30, 60, 90, 120]
    assert offers(AVAILABLE) == [15, 30, 60, 90]
    assert DURATION.choices(context())[2].label == Text("{time}", time=Minutes(90))


def test_completion_goes_by_the_first_letters(context: Make) -> None:
    assert [choice.wire for choice in DURATION.suggest("9", context())] == ["90m"]
    assert [choice.wire for choice in DURATION.suggest("", context())] == ["30m", "60m", "90m", "120m"]


def test_the_example_is_a_duration(context: Make) -> None:
    assert DURATION.example == "1h30"
    assert DURATION.take("1h30", context()) == (90, "")
