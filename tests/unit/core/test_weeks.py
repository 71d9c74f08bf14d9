"""Where weeks begin: what is chosen takes effect after the week that runs, and touches none before it."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import BEGINNINGS, DAY, MONDAYS, WEEK, Weeks, monday_of
from bot.core.catchup import spread
from bot.core.checkin import closes, week_asked
from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId
from bot.core.streak import Week, streak
from bot.core.study import Study
from tests.unit.core.test_study import TRACK

MONDAY = date(2026, 1, 5)
weekdays = st.sampled_from(BEGINNINGS)
changes = st.lists(st.tuples(st.integers(0, 40), weekdays), max_size=6)


def after(changes: list[tuple[int, int]]) -> tuple[Weeks, date]:
    """The weeks after some changes, each so many days after the one before, and the day of the last."""
    weeks, today = MONDAYS, MONDAY
    for days, weekday in changes:
        today += days * DAY
        weeks = weeks.changed(today, weekday)
    return weeks, today


@given(changes)
def test_every_day_lies_in_one_week_of_at_most_seven_days(changes: list[tuple[int, int]]) -> None:
    weeks, today = after(changes)
    day = MONDAY - WEEK
    while day < today + 5 * WEEK:
        days = weeks.days(day)
        assert days[0] == day == weeks.first_of(day)
        assert 1 <= len(days) <= 7
        assert {weeks.first_of(day_) for day_ in days} == {day}
        assert {weeks.last_of(day_) for day_ in days} == {days[-1]}
        assert weeks.before(weeks.next(day)) == day
        day = days[-1] + DAY


@given(changes, st.integers(0, 40), weekdays)
def test_a_change_touches_no_week_before_the_next_one(changes: list[tuple[int, int]], days: int, weekday: int) -> None:
    before, today = after(changes)
    today += days * DAY
    now = before.changed(today, weekday)
    end = before.last_of(today)
    assert list(now.between(MONDAY, end)) == list(before.between(MONDAY, end))
    assert now.last_of(today) == end
    assert now.chosen == weekday
    # Within two weeks from the end of the running one every week begins on the weekday and has all its days.
    begun = now.first_of(end + 2 * WEEK)
    assert begun.weekday() == weekday
    assert len(now.days(begun)) == 7


@given(changes, st.integers(0, 40), weekdays)
def test_taken_back_before_it_takes_effect_it_leaves_nothing(
    changes: list[tuple[int, int]], days: int, weekday: int
) -> None:
    before, today = after(changes)
    today += days * DAY
    settled = before.changed(today, before.chosen)
    assert settled.changed(today, weekday).changed(today, settled.chosen) == settled


@pytest.mark.parametrize(
    ("weekday", "since", "short"),
    [(6, date(2026, 1, 18), 6), (5, date(2026, 1, 17), 5), (0, None, 7)],
)
def test_the_days_in_between_are_a_week_of_their_own(weekday: int, since: date | None, short: int) -> None:
    weeks = MONDAYS.changed(date(2026, 1, 7), weekday)
    assert weeks.since == ((since,) if since else ())
    assert len(weeks.days(date(2026, 1, 14))) == short
    assert Commitments((Commitment(MONDAY, 70),), weeks=weeks).target(date(2026, 1, 12)) == 10 * short


def test_back_to_mondays_is_a_week_of_one_day() -> None:
    weeks = Weeks((date(2026, 1, 18),)).changed(date(2026, 1, 20), 0)
    assert weeks.days(date(2026, 1, 25)) == [date(2026, 1, 25)]
    assert weeks.first_of(date(2026, 1, 26)) == date(2026, 1, 26)


@given(changes)
def test_the_days_of_weeks_to_come_owe_all_that_days_owe(changes: list[tuple[int, int]]) -> None:
    weeks, today = after(changes)
    plan = Commitments((Commitment(MONDAY, 70), Commitment(MONDAY + 9 * DAY, 0), Commitment(MONDAY + 30 * DAY, 140)))
    own_weeks = Commitments(plan.made, weeks=weeks)
    end = weeks.last_of(today + 3 * WEEK)
    days = [MONDAY + n * DAY for n in range((end - MONDAY).days + 1)]
    assert sum(map(own_weeks.target, weeks.between(MONDAY, end))) == sum(plan.on(day) // 7 for day in days)
    assert own_weeks.sevenths(MONDAY, end) == plan.sevenths(MONDAY, end)


@given(changes)
def test_weeks_are_numbered_without_gaps(changes: list[tuple[int, int]]) -> None:
    weeks, today = after(changes)
    study = Study(EnrollmentId(1), TRACK, MONDAY, Commitments((Commitment(MONDAY, 70),), weeks=weeks), ())
    firsts = list(weeks.between(MONDAY, today + 3 * WEEK))
    assert [study.week_number(first) for first in firsts] == list(range(1, len(firsts) + 1))


def test_a_short_week_breaks_no_streak_and_counts_when_it_is_met() -> None:
    weeks = MONDAYS.changed(MONDAY, 6)
    study = Study(EnrollmentId(1), TRACK, MONDAY, Commitments((Commitment(MONDAY, 70),), weeks=weeks), ())
    first, short, regular = study.weeks(date(2026, 1, 18))
    assert (first.missed, short.missed, regular.missed) == (True, False, True)

    def met(week: Week) -> Week:
        return Week(week.monday, week.target, week.target, week.partial)

    assert streak([met(first), short, met(regular)], date(2026, 2, 1)) == 2
    assert streak([met(first), met(short), met(regular)], date(2026, 2, 1)) == 3


@given(changes, st.integers(0, 300))
def test_each_check_in_is_about_a_week_and_closes_after_it(changes: list[tuple[int, int]], days: int) -> None:
    weeks, day = after(changes)[0], MONDAY + days * DAY
    asked = week_asked(day, weeks)
    assert asked in (weeks.first_of(day), weeks.before(day), weeks.before(weeks.before(day)))
    assert week_asked(day) == monday_of(day - timedelta(days=2))
    final = closes(asked, range(7), time(18), ZoneInfo("UTC"), weeks)
    assert week_asked(final.date(), weeks) == weeks.next(asked)
    assert week_asked(final.date() - DAY, weeks) <= asked


@given(changes, st.integers(1, 3000))
def test_hours_that_are_spread_go_to_whole_weeks_and_are_enough(changes: list[tuple[int, int]], debt: int) -> None:
    weeks, today = after(changes)
    spread_out = spread(480, debt, today, weeks)
    assert spread_out
    more, usual = spread_out
    assert more.since == weeks.next(today)
    assert usual.since == weeks.first_of(usual.since)
    assert (more.minutes - 480) * (usual.since - more.since).days >= debt * 7
