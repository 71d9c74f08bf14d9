"""Never miss twice: weeks met in a row, one missed week forgiven, pauses neutral."""

from datetime import date, timedelta

import pytest

from bot.core.streak import Week, streak, together

MONDAY = date(2026, 1, 5)
WEEK = timedelta(days=7)

# One sign a week: + met, - missed, o a pause, . nothing owed and no pause, p a pause of some days.
SIGNS = {"+": (480, 480, False), "-": (480, 479, False), "o": (0, 0, True), ".": (0, 0, False), "p": (206, 100, True)}


def weeks(signs: str) -> list[Week]:
    return [
        Week(MONDAY + n * WEEK, target, logged, partial)
        for n, (target, logged, partial) in enumerate(SIGNS[sign] for sign in signs)
    ]


@pytest.mark.parametrize(
    ("past", "this_week", "count"),
    [
        ("", "-", 0),
        # This week counts as soon as it is met, and never as missed before it is over.
        ("", "+", 1),
        ("+", "-", 1),
        ("+", "+", 2),
        ("+++", "-", 3),
        ("++-", "-", 2),
        # One missed week is forgiven.
        ("-", "+", 1),
        ("+-", "+", 2),
        ("+-+-+-", "+", 4),
        # A second in a row ends it, and a third changes nothing.
        ("++--", "-", 0),
        ("++--", "+", 1),
        ("++---", "+", 1),
        ("++--+", "+", 2),
        ("++---+-", "+", 2),
        # A pause neither breaks nor counts, wherever it is.
        ("+o", "-", 1),
        ("+oooo", "+", 2),
        ("o", "o", 0),
        ("+-o", "+", 2),
        # ... and does not part two missed weeks.
        ("+-o-", "+", 1),
        ("+-o-", "-", 0),
        # A partial week, some days of it a pause or before the start, is never missed, but may be met.
        ("+pp", "+", 2),
        ("+-p", "-", 1),
        ("+.", "+", 2),
    ],
)
def test_weeks_in_a_row(past: str, this_week: str, count: int) -> None:
    assert streak(weeks(past + this_week), MONDAY + len(past) * WEEK) == count


@pytest.mark.parametrize(
    ("target", "logged", "partial", "met", "missed"),
    [
        (480, 479, False, False, True),
        (480, 480, False, True, False),
        (480, 481, False, True, False),
        (480, 0, False, False, True),
        (1, 0, False, False, True),
        (1, 1, False, True, False),
        # Nothing owed is neither met nor missed, whatever was studied.
        (0, 0, False, False, False),
        (0, 600, False, False, False),
        (0, 0, True, False, False),
        (0, 600, True, False, False),
        # A partial week may be met, and is never missed.
        (206, 205, True, False, False),
        (206, 206, True, True, False),
    ],
)
def test_what_a_week_counts_as(target: int, logged: int, partial: bool, met: bool, missed: bool) -> None:
    week = Week(MONDAY, target, logged, partial)
    assert (week.met, week.missed) == (met, missed)


def test_weeks_still_to_come_are_not_missed_yet() -> None:
    assert streak(weeks("+--"), MONDAY + WEEK) == 1
    assert streak(weeks("+--"), MONDAY + 2 * WEEK) == 1
    assert streak(weeks("+--"), MONDAY + 3 * WEEK) == 0


def test_a_week_on_two_roadmaps_is_one_week() -> None:
    left, taken = Week(MONDAY, 206, 240, partial=True), Week(MONDAY, 69, 0, partial=True)
    assert together([left, taken]) == Week(MONDAY, 275, 240, partial=True)
    paused, goes_on = Week(MONDAY, 0, 0, partial=True), Week(MONDAY, 120, 60, partial=False)
    assert together([paused, goes_on]) == Week(MONDAY, 120, 60, partial=False)
    assert together([goes_on]) == goes_on
