"""Who speaks German to the bot is understood, in German and in English."""

from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Duration, Parameter, Weekday, WeeklyHours
from bot.dialogue.wording import catalogue

Make = Callable[..., Context]
DURATION: Parameter[int] = get_args(Duration)[1]
HOURS: Parameter[int] = get_args(WeeklyHours)[1]
DAY: Parameter[date] = get_args(Day)[1]
WEEKDAY: Parameter[int] = get_args(Weekday)[1]
MARCH_3 = date(2026, 3, 3)

translated = pytest.mark.skipif(catalogue("de").gettext("yesterday") == "yesterday", reason="no German catalogue yet")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Montag", date(2026, 3, 2)),
        ("Mittwoch", date(2026, 3, 4)),
        ("3. März", MARCH_3),
        ("3 märz", MARCH_3),
        ("3.3.", MARCH_3),
        ("yesterday", MARCH_3),
        ("last monday", date(2026, 3, 2)),
        ("3 march", MARCH_3),
    ],
)
def test_names_of_days_and_months(context: Make, typed: str, day: date) -> None:
    assert DAY.take(typed, context(locale="de")) == (day, "")


@translated
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("am Montag", date(2026, 3, 2)),
        ("letzten Mittwoch", date(2026, 2, 25)),
        ("nächsten Freitag", date(2026, 3, 6)),
        ("gestern", MARCH_3),
        ("vorgestern", date(2026, 3, 2)),
    ],
)
def test_days_near_today(context: Make, typed: str, day: date) -> None:
    assert DAY.take(typed, context(locale="de")) == (day, "")


def test_dates_are_no_hours(context: Make) -> None:
    assert DURATION.take("15 März", context(locale="de")) is None
    # Whoever has set English may write German all the same.
    assert DURATION.take("15 März", context()) is None


@translated
@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2 Stunden", 120), ("1 Stunde und 30 Minuten", 90), ("90 Minuten", 90), ("1,5 Std", 90), ("2 hours", 120)],
)
def test_hours_and_minutes(context: Make, typed: str, minutes: int) -> None:
    assert DURATION.take(typed, context(locale="de")) == (minutes, "")


@translated
@pytest.mark.parametrize("typed", ["8", "8 Stunden", "8 h pro Woche", "8 Stunden pro Woche"])
def test_hours_a_week(context: Make, typed: str) -> None:
    assert HOURS.take(typed, context(locale="de")) == (480, "")


@pytest.mark.parametrize(("typed", "weekday"), [("Montag", 0), ("So", 6), ("so.", 6), ("Sonntag", 6), ("friday", 4)])
def test_weekdays(context: Make, typed: str, weekday: int) -> None:
    assert WEEKDAY.take(typed, context(locale="de")) == (weekday, "")
