"""A day to come, for the end of a pause; and the day that only a button carries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, Until, WireDay

Make = Callable[..., Context]
UNTIL: Parameter[date] = get_args(Until)[1]
WIRE_DAY: Parameter[date] = get_args(WireDay)[1]
WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # A weekday is the next one after today.
        ("thursday", date(2026, 3, 5)),
        ("tuesday", date(2026, 3, 10)),
        ("wednesday", date(2026, 3, 11)),
        ("next monday", date(2026, 3, 9)),
        ("next wednesday", date(2026, 3, 11)),
        ("this friday", date(2026, 3, 6)),
        ("until monday", date(2026, 3, 9)),
        ("till mon", date(2026, 3, 9)),
        # The last one is behind us, and for the command to refuse.
        ("last monday", date(2026, 3, 2)),
        ("last wednesday", date(2026, 2, 25)),
        ("in 2 weeks", date(2026, 3, 18)),
        ("2 weeks", date(2026, 3, 18)),
        ("1 week", date(2026, 3, 11)),
        ("10 days", date(2026, 3, 14)),
        ("in 1 day", date(2026, 3, 5)),
        ("in a week", date(2026, 3, 11)),
        ("a week", date(2026, 3, 11)),
        ("one day", date(2026, 3, 5)),
        ("2 weeks ago", date(2026, 2, 18)),
        ("999 weeks", WEDNESDAY + timedelta(weeks=999)),
        ("tomorrow", date(2026, 3, 5)),
        ("today", WEDNESDAY),
        ("1 April", date(2026, 4, 1)),
        ("2026-04-01", date(2026, 4, 1)),
        ("1.4.", date(2026, 4, 1)),
        ("13/4", date(2026, 4, 13)),
        # The nearest, even where that is behind us.
        ("1 March", date(2026, 3, 1)),
        ("1000 weeks", None),
        ("2 weekss", None),
        ("soon", None),
    ],
)
def test_a_day_to_come(context: Make, typed: str, day: date | None) -> None:
    assert UNTIL.take(typed, context()) == (None if day is None else (day, ""))


def test_what_follows_is_kept(context: Make) -> None:
    assert UNTIL.take("2 weeks please", context()) == (date(2026, 3, 18), "please")
    assert UNTIL.take("next monday, please", context()) == (date(2026, 3, 9), ", please")


def test_one_two_and_four_weeks_are_offered(context: Make) -> None:
    assert [choice.wire for choice in UNTIL.choices(context())] == ["2026-03-11", "2026-03-18", "2026-04-01"]


def test_completion_knows_names_of_days_to_come(context: Make) -> None:
    names = [choice.wire for choice in UNTIL.suggest("", context())]
    assert "tomorrow" in names
    assert "monday" in names
    assert not {"today", "yesterday"} & set(names)


def test_it_asks_for_an_end(context: Make) -> None:
    assert UNTIL.question.message == "Until when?"
    assert UNTIL.take("3 March", context()) is not None


@pytest.mark.parametrize(
    ("wire", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026-02-30", None),
        ("monday", None),
        ("", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ((WEDNESDAY + timedelta(days=20 * 366)).isoformat(), WEDNESDAY + timedelta(days=20 * 366)),
        ((WEDNESDAY - timedelta(days=20 * 366)).isoformat(), WEDNESDAY - timedelta(days=20 * 366)),
        ((WEDNESDAY + timedelta(days=20 * 366 + 1)).isoformat(), None),
        ((WEDNESDAY - timedelta(days=20 * 366 + 1)).isoformat(), None),
    ],
)
def test_a_day_that_a_button_carries(context: Make, wire: str, day: date | None) -> None:
    assert WIRE_DAY.read(wire, context()) == day
    assert not WIRE_DAY.typed
