"""Hours a week: a bare number is hours here, and whether the amount makes sense is the command's to say."""

from collections.abc import Callable
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, WeeklyHours
from bot.dialogue.text import Text

Make = Callable[..., Context]
HOURS: Parameter[int] = get_args(WeeklyHours)[1]


@pytest.mark.parametrize(
    ("typed", "minutes", "rest"),
    [
        ("8", 480, ""),
        ("8h", 480, ""),
        ("8 hours", 480, ""),
        ("2,5", 150, ""),
        ("2.5h", 150, ""),
        ("7½", 450, ""),
        ("8h30", 510, ""),
        ("8 h 30 min", 510, ""),
        ("90 min", 90, ""),
        ("8 a week", 480, ""),
        ("8 h a week", 480, ""),
        ("8 hours per week", 480, ""),
        ("8/week", 480, ""),
        ("8h/wk", 480, ""),
        ("8h a week Europe/Berlin", 480, "Europe/Berlin"),
        ("8 Europe/Berlin", 480, "Europe/Berlin"),
        # Too little or too much is still an amount.
        ("0", 0, ""),
        ("1", 60, ""),
        ("30", 1800, ""),
        ("25h30", 1530, ""),
        ("168", 10080, ""),
        ("eight", 480, ""),
        ("zwölf", 720, ""),
        ("1800m", 1800, ""),
        ("999999m", 999999, ""),
    ],
)
def test_hours_a_week(context: Make, typed: str, minutes: int, rest: str) -> None:
    assert HOURS.take(typed, context()) == (minutes, rest)


@pytest.mark.parametrize("typed", ["", "-8", "−8", "week", "a week", "9" * 5000, "1." + "9" * 5000, "8x", "16667"])
def test_what_is_no_amount_is_none(context: Make, typed: str) -> None:
    assert HOURS.take(typed, context()) is None


def test_good_answers_are_offered_with_the_roadmaps_own_pace_first(context: Make) -> None:
    choices = HOURS.choices(context())
    assert [choice.label for choice in choices] == [Text("{hours} h a week", hours=n) for n in (8, 4, 6, 12)]
    assert [HOURS.read(choice.wire, context()) for choice in choices] == [480, 240, 360, 720]
