"""What a share on the board is measured against: what was committed when the week began. Counted by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.group import Member, Studied
from bot.core.ids import LearnerId
from bot.core.leaderboard import board

MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SUNDAY = MONDAY + 6 * DAY


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 1, 5, hour, tzinfo=UTC) + day * DAY


def committed(day: int, minutes: int, since: int | None = None, hour: int = 12) -> Commitment:
    return Commitment(MONDAY + (day if since is None else since) * DAY, minutes, at(day, hour))


def member(*plans: Commitments, minutes: int = 240, zone: str = "UTC") -> Studied:
    return Studied(Member(LearnerId(1), "Ada"), minutes, plans, zone=ZoneInfo(zone))


def week(studied: Studied, n: int = 0) -> int:
    return studied.owed(MONDAY + n * WEEK, SUNDAY + n * WEEK)


START = committed(-7, 480)


@pytest.mark.parametrize(
    "change",
    [committed(2, 0), committed(0, 0), committed(6, 120), committed(3, 1200), committed(0, 120)],
    ids=["pause", "pause on Monday", "less", "more", "less on Monday"],
)
def test_what_is_changed_within_a_week_counts_from_the_next_one_on(change: Commitment) -> None:
    ada = member(Commitments((START, change)))
    assert [week(ada, n) for n in (0, 1, 2)] == [480, change.minutes, change.minutes]


def test_a_pause_said_before_the_week_counts_from_its_first_minute() -> None:
    ada = member(Commitments((START, committed(-2, 0), committed(-2, 480, since=14))))
    assert [week(ada, n) for n in (-1, 0, 1, 2)] == [480, 0, 0, 480]


def test_a_pause_that_ends_within_a_week_as_was_said_before_owes_the_days_after_it() -> None:
    # Back on Thursday: four days.
    assert week(member(Commitments((START, committed(-3, 0), committed(-3, 490, since=3))))) == 280


def test_coming_back_early_counts_from_the_next_week_on() -> None:
    ada = member(Commitments((START, committed(-3, 0), committed(2, 480))))
    assert [week(ada, n) for n in (0, 1)] == [0, 480]


def test_illness_told_afterwards_lifts_no_share() -> None:
    ill = Absent(MONDAY, SUNDAY, at(7))
    ada = member(Commitments((START,), (ill,)))
    assert week(ada) == 480
    assert board([ada], MONDAY, SUNDAY)[0].share == 50


def test_who_was_ill_all_week_and_studied_nothing_is_not_shown_at_naught() -> None:
    ill = member(Commitments((START,), (Absent(MONDAY, SUNDAY, at(7)),)), minutes=0)
    paused = member(Commitments((START, committed(0, 0))), minutes=0)
    assert board([ill, paused], MONDAY, SUNDAY) == []


@pytest.mark.parametrize(("day", "owed"), [(0, 490), (2, 350), (6, 70)])
def test_the_first_week_owes_a_seventh_for_each_day_from_the_start(day: int, owed: int) -> None:
    assert week(member(Commitments((committed(day, 490),)))) == owed
    # Whatever is changed within it.
    assert week(member(Commitments((committed(day, 490), committed(6, 0))))) == owed


def test_a_start_put_right_by_a_change_of_zone_counts_from_the_right_day() -> None:
    moved = Commitments((committed(1, 490), committed(1, 490, since=0, hour=13)))
    assert week(member(moved)) == 490


def test_another_roadmap_within_the_week_adds_nothing_to_it() -> None:
    left, taken = Commitments((START, committed(2, 0))), Commitments((committed(2, 600),))
    ada = member(left, taken)
    assert [week(ada, n) for n in (0, 1)] == [480, 600]
    # In the very first week it is what was said first.
    left, taken = Commitments((committed(0, 480), committed(2, 0))), Commitments((committed(2, 600),))
    assert week(member(left, taken)) == 480


def test_a_week_begins_at_midnight_where_the_learner_is() -> None:
    # Said at 20:00 UTC on Sunday, when it is Monday in Auckland and Sunday in Berlin.
    in_berlin, in_auckland = committed(-1, 0, hour=20), committed(-1, 0, since=0, hour=20)
    assert week(member(Commitments((START, in_berlin)), zone="Europe/Berlin")) == 0
    assert week(member(Commitments((START, in_auckland)), zone="Pacific/Auckland")) == 480


def test_before_the_start_nothing_is_owed() -> None:
    assert week(member(Commitments((START,))), -2) == 0
    assert week(member(Commitments(()))) == 0


@pytest.mark.parametrize(
    ("first", "last", "minutes", "owed"),
    [
        # 100 a week are 14.29 a day: 27 days from the 5th on are 385.71, not 27 * 14 = 378 nor 27 * 15 = 405.
        (date(2026, 1, 1), date(2026, 1, 31), 100, 386),
        # 28 days are four weeks, to the minute.
        (date(2026, 2, 1), date(2026, 2, 28), 100, 400),
        (date(2026, 2, 1), date(2026, 2, 28), 481, 1924),
        # 31 days: 442.86.
        (date(2026, 3, 1), date(2026, 3, 31), 100, 443),
        (date(2026, 3, 1), date(2026, 3, 31), 121, 536),
        # One day.
        (date(2026, 3, 1), date(2026, 3, 1), 121, 17),
    ],
)
def test_a_month_is_rounded_once(first: date, last: date, minutes: int, owed: int) -> None:
    assert member(Commitments((committed(0, minutes),))).owed(first, last) == owed


def test_a_month_is_the_sum_over_its_weeks_each_with_what_was_committed_when_it_began() -> None:
    # 700 in the first week, of which 5 to 11 lie here; on Wednesday the 14th it becomes 70, from the 19th on.
    ada = member(Commitments((committed(0, 700), committed(9, 70))))
    assert ada.owed(date(2026, 1, 1), date(2026, 1, 31)) == 700 + 700 + 13 * 10


def test_only_who_studied_what_was_committed_when_the_week_began_has_met_it() -> None:
    plans = Commitments((START, committed(2, 0)))
    assert [member(plans, minutes=n).met(MONDAY) for n in (240, 479, 480)] == [False, False, True]
    assert not member(Commitments((START, committed(-2, 0))), minutes=480).met(MONDAY)


histories = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20), st.sampled_from([0, 120, 480, 1200])), min_size=1, max_size=6
)


@given(histories, st.integers(-20, 90), st.integers(0, 90))
def test_any_days_are_the_sum_over_their_weeks(history: list[tuple[int, int, int]], first: int, length: int) -> None:
    commitments = [committed(day, minutes, since=day + ahead) for day, ahead, minutes in sorted(history)]
    ada = member(Commitments(tuple(commitments)))
    days = [MONDAY + (first + n) * DAY for n in range(length + 1)]
    daily = 0
    for monday in {day - day.weekday() * DAY for day in days}:
        plans = ada.committed(monday)
        daily += sum(plan.on(day) for plan in plans for day in days if monday <= day <= monday + 6 * DAY)
    assert ada.owed(days[0], days[-1]) == (daily + 3) // 7
