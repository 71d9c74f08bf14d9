"""Hours, not dates, carry a plan: weeks are filled with what is left of it, in order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.model import Part
from roadmap.schedule import DatedWeek, dated_weeks

MONDAY = date(2026, 1, 5)
WEEK = timedelta(days=7)
A, B, C = Part("a", 1, 60, ""), Part("b", 1, 30, ""), Part("c", 2, 40, "")


def weeks(*minutes: int) -> list[tuple[date, int]]:
    return [(MONDAY + n * WEEK, offered) for n, offered in enumerate(minutes)]


@pytest.mark.parametrize(
    ("left", "offered", "filled"),
    [
        # In order, each week full, the last as long as what is left.
        ([(A, 60), (B, 30)], [60, 60], [[(A, 60)], [(B, 30)]]),
        ([(A, 60), (B, 30)], [90, 60], [[(A, 60), (B, 30)]]),
        ([(A, 60), (B, 30), (C, 40)], [130], [[(A, 60), (B, 30), (C, 40)]]),
        # A part that does not fit goes on next week.
        ([(A, 60), (B, 30)], [59, 60], [[(A, 59)], [(A, 1), (B, 30)]]),
        ([(A, 60), (B, 30)], [61, 60], [[(A, 60), (B, 1)], [(B, 29)]]),
        ([(A, 60)], [25, 25, 25], [[(A, 25)], [(A, 25)], [(A, 10)]]),
        # What is open of a part counts, not its whole length.
        ([(A, 5), (B, 30)], [10, 60], [[(A, 5), (B, 5)], [(B, 25)]]),
        # A week that offers nothing stays, empty; after the end there is none.
        ([(A, 60)], [30, 0, 0, 30, 0], [[(A, 30)], [], [], [(A, 30)]]),
        ([(A, 60)], [0, 60], [[], [(A, 60)]]),
        # The weeks end before the plan does.
        ([(A, 60), (B, 30)], [40], [[(A, 40)]]),
        ([(A, 60)], [], []),
        ([], [60, 60], []),
    ],
)
def test_weeks_are_filled_in_order(
    left: list[tuple[Part, int]], offered: list[int], filled: list[list[tuple[Part, int]]]
) -> None:
    assert dated_weeks(left, weeks(*offered)) == [
        DatedWeek(MONDAY + n * WEEK, sum(take for _, take in steps), tuple(steps)) for n, steps in enumerate(filled)
    ]


def test_what_was_left_is_not_touched() -> None:
    left = [(A, 60), (B, 30)]
    dated_weeks(left, weeks(40, 40, 40))
    assert left == [(A, 60), (B, 30)]


def test_weeks_without_an_end_end_with_the_plan() -> None:
    endless = ((MONDAY + n * WEEK, 10) for n in range(10**6))
    assert len(dated_weeks([(A, 60)], endless)) == 6
    assert next(endless)[0] <= MONDAY + 7 * WEEK


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 120), max_size=6), st.lists(st.integers(0, 200), max_size=8))
def test_nothing_is_lost_left_out_or_overfull(open_minutes: list[int], offered: list[int]) -> None:
    left = [(Part(str(n), 1, 120, ""), minutes) for n, minutes in enumerate(open_minutes)]
    plan = dated_weeks(left, weeks(*offered))
    assert sum(week.minutes for week in plan) == min(sum(open_minutes), sum(offered))
    for week, most in zip(plan, offered, strict=False):
        assert week.minutes == sum(take for _, take in week.steps) <= most
    assert [week.minutes for week in plan[:-1]] == offered[: len(plan)][:-1]
    taken: dict[Part, int] = {}
    for part, take in (step for week in plan for step in week.steps):
        taken[part] = taken.get(part, 0) + take
    assert list(taken) == [part for part, _ in left][: len(taken)]
    assert list(taken.items())[:-1] == left[: len(taken)][:-1]
