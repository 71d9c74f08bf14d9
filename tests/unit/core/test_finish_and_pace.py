"""When the roadmap will be done, at the hours meant and at the hours really studied; and the weeks until then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.study import Study
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
TOTAL = 192 * 60
MONDAY = date(2026, 1, 5)
SUNDAY = date(2026, 1, 11)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def studied(*hours: tuple[int, int], start: date = MONDAY, made: tuple[tuple[int, int], ...] = ((0, 480),)) -> Study:
    """Minutes logged and commitments made, each with its day after the first Monday."""
    entries = (
        Entry(EntryId(n), "calculus", MONDAY + day * DAY, m, "study", NOW) for n, (day, m) in enumerate(hours, start=1)
    )
    commitments = tuple(Commitment(MONDAY + day * DAY, minutes) for day, minutes in made)
    return Study(EnrollmentId(1), TRACK, start, Commitments(commitments), tuple(entries))


@pytest.mark.parametrize(
    ("hours", "weeks", "end"),
    [
        (8, 24, date(2026, 6, 21)),
        (4, 48, date(2026, 12, 6)),
        (2, 96, date(2027, 11, 7)),
        (20, 10, date(2026, 3, 13)),
        (6, 32, date(2026, 8, 16)),
    ],
)
def test_so_many_hours_a_week_from_a_monday_on(hours: int, weeks: int, end: date) -> None:
    study = studied(made=((0, hours * 60),))
    plan = study.plan(MONDAY)
    assert study.finish(MONDAY) == end
    assert len(plan) == weeks
    assert [week.monday for week in plan] == [MONDAY + n * WEEK for n in range(weeks)]
    assert {week.minutes for week in plan[:-1]} == {hours * 60}
    assert sum(week.minutes for week in plan) == TOTAL


def test_at_eight_hours_each_week_of_the_plan_is_a_week_of_the_roadmap() -> None:
    plan = studied().plan(MONDAY)
    assert [{part.week for part, _ in week.steps} for week in plan] == [{n} for n in range(1, 25)]


def test_a_start_on_wednesday_has_five_days_of_its_first_week() -> None:
    study = studied(start=MONDAY + 2 * DAY, made=((2, 480),))
    assert study.finish(MONDAY + 2 * DAY) == date(2026, 6, 23)
    plan = study.plan(MONDAY + 2 * DAY)
    assert [week.minutes for week in plan] == [343, *[480] * 23, TOTAL - 343 - 23 * 480]


@pytest.mark.parametrize(
    ("study", "today", "end"),
    [
        # What this week can still bring keeps the end where it is ...
        (studied((0, 480)), 0, date(2026, 6, 21)),
        (studied((0, 100)), 6, date(2026, 6, 21)),
        # ... and only what is beyond it moves the end: a day is a seventh of 480, 68.57 minutes.
        (studied((0, 480 + 68)), 0, date(2026, 6, 21)),
        (studied((0, 480 + 69)), 0, date(2026, 6, 20)),
        (studied((0, 480 + 480)), 0, date(2026, 6, 14)),
        # 342 minutes are five sevenths of 480, 343 are a little more.
        (studied((0, TOTAL - 342)), 0, SUNDAY + 5 * DAY),
        (studied((0, TOTAL - 343)), 0, SUNDAY + 6 * DAY),
        # A week without study moves it by a week, once it is over.
        (studied(), 6, date(2026, 6, 21)),
        (studied(), 7, date(2026, 6, 28)),
        # The rest fits in what is open of this week, or just not; nothing is left at all.
        (studied((0, TOTAL - 480)), 7, SUNDAY + WEEK),
        (studied((0, TOTAL - 481)), 7, SUNDAY + WEEK + DAY),
        (studied((0, TOTAL - 1)), 0, SUNDAY + DAY),
        (studied((-7, TOTAL - 1)), 0, SUNDAY),
        (studied((0, TOTAL)), 3, MONDAY + 3 * DAY),
        # Other hours from today on, a pause with its end, a pause without.
        (studied(made=((0, 480), (7, 240))), 7, date(2026, 12, 13)),
        (studied(made=((0, 480), (7, 0), (21, 480))), 7, date(2026, 7, 12)),
        (studied(made=((0, 480), (7, 0))), 7, None),
        (studied(made=((0, 480), (7, 0))), 0, None),
        (studied((0, TOTAL), made=((0, 480), (7, 0))), 7, MONDAY + WEEK),
        (studied((0, TOTAL - 480), made=((0, 480), (14, 0))), 7, SUNDAY + WEEK),
        (studied((0, TOTAL - 481), made=((0, 480), (14, 0))), 7, None),
        (studied((0, TOTAL - 481), made=((0, 480), (15, 0))), 7, SUNDAY + WEEK + DAY),
    ],
)
def test_the_day_on_which_the_plan_is_covered(study: Study, today: int, end: date | None) -> None:
    assert study.finish(MONDAY + today * DAY) == end


@pytest.mark.parametrize(("logged", "first"), [(0, 480), (1, 479), (479, 1), (480, 0), (600, 0)])
def test_this_weeks_plan_is_what_is_still_open_of_it(logged: int, first: int) -> None:
    study = studied((0, logged)) if logged else studied()
    plan = study.plan(MONDAY + 2 * DAY)
    assert (plan[0].monday, plan[0].minutes) == (MONDAY, first)
    assert (plan[1].monday, plan[1].minutes) == (MONDAY + WEEK, 480)
    assert sum(week.minutes for week in plan) == TOTAL - logged


def test_a_pause_stays_in_the_plan_as_empty_weeks() -> None:
    plan = studied(made=((0, 480), (7, 0), (21, 480))).plan(MONDAY)
    assert [week.minutes for week in plan[:5]] == [480, 0, 0, 480, 480]
    assert sum(week.minutes for week in plan) == TOTAL


def test_a_pause_without_an_end_ends_the_plan() -> None:
    plan = studied(made=((0, 480), (7, 0))).plan(MONDAY)
    assert sum(week.minutes for week in plan) == 480


def test_nothing_is_planned_once_all_is_covered() -> None:
    assert studied((0, TOTAL)).plan(MONDAY) == []


@settings(max_examples=60, deadline=None)
@given(
    st.integers(120, 1200),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 900)), max_size=6),
    st.integers(0, 60),
)
def test_the_plan_holds_what_is_left_and_ends_with_the_finish(
    minutes: int, hours: list[tuple[int, int]], days: int
) -> None:
    study, today = studied(*hours, made=((0, minutes),)), MONDAY + days * DAY
    plan, end = study.plan(today), study.finish(today)
    assert sum(week.minutes for week in plan) == study.position.left
    assert [step for week in plan for step in week.steps if step[1] <= 0] == []
    assert end is not None
    assert plan[-1].monday <= end < plan[-1].monday + WEEK


@pytest.mark.parametrize(
    ("study", "today", "pace"),
    [
        (studied(), 0, 0),
        # In the first week it is the week's own sum.
        (studied((0, 100)), 0, 100),
        (studied((0, 100)), 6, 100),
        # After that as many days as there are: 100 * 7 // 8, 100 * 7 // 27.
        (studied((0, 100)), 7, 87),
        (studied((0, 100)), 26, 25),
        # Four weeks at most, today and the day 27 days ago included.
        (studied((0, 400)), 27, 100),
        (studied((0, 400)), 28, 0),
        (studied((1, 400)), 28, 100),
        (studied((28, 400)), 28, 100),
        # A day that has not come (again) does not count.
        (studied((29, 400)), 28, 0),
        (studied((0, 480), (7, 480), (14, 480), (21, 480)), 27, 480),
        (studied((0, 3)), 27, 0),
        # Four weeks of pause between three met weeks and one: the 28 days are those that owed something.
        (studied((7, 480), (14, 480), (21, 480), (56, 480), made=((0, 480), (28, 0), (56, 480))), 62, 480),
        # Monday to Wednesday of the last week were a pause: 25 days, and three more before them.
        (studied((0, 280), (27, 280), made=((0, 480), (28, 0), (31, 480))), 34, 70),
        (studied((6, 280), (27, 280), made=((0, 480), (28, 0), (31, 480))), 33, 140),
        # An hour on a day of a pause counts, and so does that day: 27 days that owed something, and it.
        (studied((6, 280), (7, 280), (30, 280), made=((0, 480), (28, 0), (40, 480))), 45, 140),
        # Half a year back and no further.
        (studied((6, 280), made=((0, 480), (7, 0))), 187, 280),
        (studied((6, 280), made=((0, 480), (7, 0))), 188, 0),
    ],
)
def test_the_pace_is_that_of_the_last_four_weeks(study: Study, today: int, pace: int) -> None:
    assert study.pace(MONDAY + today * DAY) == pace


@pytest.mark.parametrize(
    ("study", "today", "end"),
    [
        (studied(), 0, None),
        (studied((0, TOTAL)), 5, MONDAY + 5 * DAY),
        (studied((0, TOTAL)), 60, MONDAY + 60 * DAY),
        # 11,040 minutes left at 480 a week are 161 days, to the day.
        (studied((0, 480)), 0, MONDAY + 161 * DAY),
        (studied((0, 480)), 6, SUNDAY + 161 * DAY),
        # 11,520 - 481 left at 481 a week: 160.65 days.
        (studied((0, 481)), 0, MONDAY + 161 * DAY),
        # 11,519 left at one minute a week.
        (studied((0, 1)), 0, MONDAY + 11519 * WEEK),
        (studied((0, TOTAL - 1)), 0, MONDAY + DAY),
        (studied((0, 3)), 27, None),
        # A pause of two weeks that is known of moves it by so much, one without an end leaves it open.
        (studied((0, 480), made=((0, 480), (7, 0), (21, 480))), 0, MONDAY + (161 + 14) * DAY),
        (studied((0, 480), made=((0, 480), (7, 0), (21, 480))), 10, MONDAY + 20 * DAY + 161 * DAY),
        (studied((0, 480), made=((0, 480), (7, 0))), 10, None),
        (studied((0, TOTAL - 5), made=((0, 480), (7, 0))), 6, None),
    ],
)
def test_the_end_at_that_pace(study: Study, today: int, end: date | None) -> None:
    assert study.finish_at_pace(MONDAY + today * DAY) == end
