"""Several days of the week, as people say them; and what the bot says of them, typed back."""

from collections.abc import Callable
from itertools import combinations
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, Weekdays
from bot.dialogue.parameters.naming_times import weekdays_text

Make = Callable[..., Context]
WEEKDAYS: Parameter[tuple[int, ...]] = get_args(Weekdays)[1]
DAILY, WORK = tuple(range(7)), tuple(range(5))


@pytest.mark.parametrize(
    ("typed", "days", "rest"),
    [
        ("monday", (0,), ""),
        ("Monday and Friday 18:00", (0, 4), "18:00"),
        ("mon, wed & fri at 7", (0, 2, 4), "at 7"),
        ("fri mon", (0, 4), ""),
        ("mon/thu", (0, 3), ""),
        ("mon-fri 9am", WORK, "9am"),
        ("monday to friday", WORK, ""),
        ("Mon–Wed and Sat", (0, 1, 2, 5), ""),
        ("saturday through monday", (0, 5, 6), ""),
        ("every day", DAILY, ""),
        ("daily at 18:00", DAILY, "at 18:00"),
        ("every monday", (0,), ""),
        ("every monday and every thursday", (0, 3), ""),
        ("mondays and thursdays", (0, 3), ""),
        ("weekdays 18:00", WORK, "18:00"),
        ("weekends", (5, 6), ""),
        ("weekdays and saturday", (0, 1, 2, 3, 4, 5), ""),
        ("tues thurs", (1, 3), ""),
        ("mo fr", (0, 4), ""),
        ("monday, friday", (0, 4), ""),
    ],
)
def test_days_of_the_week_are_found(context: Make, typed: str, days: tuple[int, ...], rest: str) -> None:
    assert WEEKDAYS.take(typed, context()) == (days, rest)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("montag und freitag", (0, 4)),
        ("Mo, Mi und Fr", (0, 2, 4)),
        ("mo fr", (0, 4)),
        ("montags und donnerstags", (0, 3)),
        ("jeden Montag", (0,)),
        ("jeden Tag", DAILY),
        ("täglich", DAILY),
        ("werktags", WORK),
        ("Montag bis Freitag", WORK),
        ("mo-fr", WORK),
        ("am Wochenende", (5, 6)),
        ("Sonnabend", (5,)),
        ("monday and friday", (0, 4)),
    ],
)
def test_days_of_the_week_are_found_in_german(context: Make, typed: str, days: tuple[int, ...]) -> None:
    assert WEEKDAYS.take(typed, context(locale="de")) == (days, "")


@pytest.mark.parametrize("typed", ["off", "18:00", "monthly", "every other", "nudge", "moment", "sundae", ""])
def test_other_words_are_none(context: Make, typed: str) -> None:
    assert WEEKDAYS.take(typed, context()) is None


@pytest.mark.parametrize("locale", ["en", "de"])
def test_what_the_bot_says_of_days_can_be_typed_back(context: Make, locale: str) -> None:
    ctx = context(locale=locale)
    for size in range(1, 8):
        for days in combinations(range(7), size):
            assert WEEKDAYS.take(ctx.say(weekdays_text(days)), ctx) == (days, "")
            assert WEEKDAYS.read(WEEKDAYS.wire(days), ctx) == days
