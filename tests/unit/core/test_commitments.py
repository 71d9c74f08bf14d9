"""How much is owed on a day and in a week: the commitment in force, day by day."""

from datetime import date, timedelta
from itertools import islice

import pytest

from bot.core.commitment import LEAST, MOST, Commitment, Commitments

MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def after(*steps: tuple[int, int]) -> Commitments:
    """Commitments made in this order, as (days after the first Monday, minutes a week)."""
    return Commitments(tuple(Commitment(MONDAY + days * DAY, minutes) for days, minutes in steps))


def test_learners_choose_two_to_twenty_hours() -> None:
    assert (LEAST, MOST) == (120, 1200)


def test_nothing_is_in_force_before_the_first_commitment() -> None:
    history = after((2, 480))
    assert [history.on(MONDAY + n * DAY) for n in range(4)] == [0, 0, 480, 480]
    assert after().on(MONDAY) == 0


@pytest.mark.parametrize(
    ("history", "day", "minutes"),
    [
        (after((0, 480), (10, 240)), 9, 480),
        (after((0, 480), (10, 240)), 10, 240),
        # Made on the same day, the last one counts.
        (after((0, 480), (10, 240), (10, 360)), 10, 360),
        # A pause with its end, and what it is like after it.
        (after((0, 480), (10, 0), (20, 480)), 10, 0),
        (after((0, 480), (10, 0), (20, 480)), 19, 0),
        (after((0, 480), (10, 0), (20, 480)), 20, 480),
        # Back early: the planned return has nothing to say any more.
        (after((0, 480), (10, 0), (20, 480), (15, 240)), 14, 0),
        (after((0, 480), (10, 0), (20, 480), (15, 240)), 15, 240),
        (after((0, 480), (10, 0), (20, 480), (15, 240)), 20, 240),
        # Paused anew without an end while a return was planned.
        (after((0, 480), (10, 0), (20, 480), (15, 0)), 20, 0),
        # A start that moves a day back takes the place of the first one.
        (after((1, 480), (0, 480)), 0, 480),
    ],
)
def test_the_last_made_among_those_that_have_begun_is_in_force(history: Commitments, day: int, minutes: int) -> None:
    assert history.on(MONDAY + day * DAY) == minutes


@pytest.mark.parametrize(
    ("history", "owed"),
    [
        (after((0, 480)), 480),
        # Begun on Tuesday ... Sunday: 6/7 ... 1/7 of 480, to the nearest minute.
        (after((1, 480)), 411),
        (after((2, 480)), 343),
        (after((3, 480)), 274),
        (after((4, 480)), 206),
        (after((5, 480)), 137),
        (after((6, 480)), 69),
        (after((7, 480)), 0),
        # Two hours until Friday, twenty from Saturday on: (5 * 120 + 2 * 1200) / 7.
        (after((0, 120), (5, 1200)), 429),
        # A pause from Thursday on, and a pause that ends on Thursday.
        (after((0, 480), (3, 0)), 206),
        (after((-7, 480), (0, 0), (3, 480)), 274),
        # A change on Monday is the whole week's, one on next Monday is none of its business.
        (after((-7, 480), (0, 240)), 240),
        (after((-7, 480), (7, 240)), 480),
        (after(), 0),
    ],
)
def test_a_week_owes_a_seventh_for_each_day(history: Commitments, owed: int) -> None:
    assert history.target(MONDAY) == owed


@pytest.mark.parametrize(("minutes", "first_day"), [(124, 18), (123, 18), (122, 17), (120, 17)])
def test_a_seventh_is_rounded_to_the_nearest_minute(minutes: int, first_day: int) -> None:
    # 124/7 = 17.71, 123/7 = 17.57, 122/7 = 17.43, 120/7 = 17.14.
    assert after((6, minutes)).target(MONDAY) == first_day


@pytest.mark.parametrize(
    ("history", "touched"),
    [
        (after((0, 480)), False),
        (after((0, 480), (6, 0)), True),
        (after((0, 480), (7, 0)), False),
        (after((-7, 480), (-1, 0), (0, 480)), False),
        (after((-7, 480), (-1, 0), (1, 480)), True),
        # Days before the start are no pause.
        (after((3, 480)), False),
        (after((7, 480)), False),
        (after(), False),
        # Paused and back on the same day.
        (after((0, 480), (3, 0), (3, 480)), False),
        (after((0, 480), (0, 0)), True),
    ],
)
def test_a_pause_touches_the_weeks_it_has_a_day_in(history: Commitments, touched: bool) -> None:
    assert history.paused(MONDAY) is touched


@pytest.mark.parametrize(
    ("history", "today", "back"),
    [
        (after((0, 480), (10, 0), (20, 360)), 9, None),
        (after((0, 480), (10, 0), (20, 360)), 10, 20),
        (after((0, 480), (10, 0), (20, 360)), 19, 20),
        (after((0, 480), (10, 0), (20, 360)), 20, None),
        (after((0, 480), (10, 0)), 10, None),
        (after((0, 480), (10, 0), (20, 360), (15, 0)), 15, None),
        (after((0, 480), (10, 0), (20, 360), (15, 240)), 15, None),
        (after((0, 480), (10, 0), (20, 0), (30, 360)), 12, 30),
    ],
)
def test_a_pause_ends_on_the_day_that_was_settled(history: Commitments, today: int, back: int | None) -> None:
    assert history.returns(MONDAY + today * DAY) == (None if back is None else MONDAY + back * DAY)


@pytest.mark.parametrize(
    ("history", "minutes"),
    [
        (after((0, 480)), 480),
        (after((0, 480), (10, 240)), 240),
        (after((0, 480), (10, 0)), 480),
        (after((0, 480), (10, 0), (20, 480)), 480),
        # Paused on the day it all began, or on the day another pace was chosen.
        (after((0, 480), (0, 0)), 480),
        (after((0, 480), (10, 360), (10, 0)), 360),
        # What was chosen last counts, also where a flight west makes its day tomorrow again.
        (after((0, 480), (10, 240), (9, 0)), 240),
        (after((5, 0)), 0),
        (after(), 0),
    ],
)
def test_the_usual_hours_are_those_chosen_last(history: Commitments, minutes: int) -> None:
    assert history.usual() == minutes


def test_weeks_follow_one_another_with_their_targets() -> None:
    history = after((0, 480), (9, 0), (23, 240))
    # Two days of the second week, the third whole week off, back on Wednesday of the fourth.
    assert list(islice(history.weeks_from(MONDAY), 6)) == [
        (MONDAY, 480),
        (MONDAY + WEEK, 137),
        (MONDAY + 2 * WEEK, 0),
        (MONDAY + 3 * WEEK, 171),
        (MONDAY + 4 * WEEK, 240),
        (MONDAY + 5 * WEEK, 240),
    ]


def test_weeks_end_with_the_last_one_that_owes_anything() -> None:
    owing = [week for week in after((0, 480), (9, 0)).weeks_from(MONDAY) if week[1]]
    assert owing == [(MONDAY, 480), (MONDAY + WEEK, 137)]
    assert not [week for week in after((0, 480), (9, 0)).weeks_from(MONDAY + 2 * WEEK) if week[1]]


def test_weeks_from_the_middle_of_a_week_begin_with_the_next_monday() -> None:
    assert next(after((0, 480)).weeks_from(MONDAY + DAY)) == (MONDAY + WEEK, 480)
