"""A change made today can do nothing to the past, whatever was made before it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, islice

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import BEGINNINGS, Weeks, monday_of
from bot.core.commitment import Commitment, Commitments

FIRST, DAY, WEEK = date(2026, 1, 5), timedelta(days=1), timedelta(days=7)
HORIZON = 80

minutes = st.one_of(st.just(0), st.integers(120, 1200))
dates = st.integers(0, HORIZON).map(lambda n: FIRST + n * DAY)
histories = st.lists(st.builds(Commitment, dates, minutes), max_size=8).map(tuple).map(Commitments)


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[date, Commitment]]:
    """Commitments with the days they were made on, as learners make them: from that day on, or for later."""
    made, today = [], FIRST
    for _ in range(draw(st.integers(1, 8))):
        today += draw(st.integers(0, 12)) * DAY
        since = today + draw(st.one_of(st.just(0), st.integers(0, 20))) * DAY
        made.append((today, Commitment(since, draw(minutes))))
    return made


def in_force(history: Commitments, day: date) -> int:
    begun = [commitment.minutes for commitment in history.made if commitment.since <= day]
    return begun[-1] if begun else 0


@settings(max_examples=80, deadline=None)
@given(histories, dates)
def test_the_last_made_among_the_begun_is_in_force_on_every_day(history: Commitments, day: date) -> None:
    assert history.on(day) == in_force(history, day)


@settings(max_examples=80, deadline=None)
@given(histories, dates.map(monday_of))
def test_a_target_is_the_mean_of_its_days_to_the_nearest_minute(history: Commitments, monday: date) -> None:
    mean = Fraction(sum(in_force(history, monday + n * DAY) for n in range(7)), 7)
    assert history.target(monday) == round(mean)


@settings(max_examples=80, deadline=None)
@given(histories, dates.map(monday_of))
def test_a_week_is_paused_when_a_begun_day_owes_nothing(history: Commitments, monday: date) -> None:
    begun = min((commitment.since for commitment in history.made), default=date.max)
    week = [monday + n * DAY for n in range(7)]
    assert history.paused(monday) == any(day >= begun and not in_force(history, day) for day in week)


@settings(max_examples=80, deadline=None)
@given(lives())
def test_weeks_that_are_over_never_change(life: list[tuple[date, Commitment]]) -> None:
    for n in range(1, len(life)):
        before = Commitments(tuple(commitment for _, commitment in life[:n]))
        today, new = life[n]
        after = Commitments((*before.made, new))
        monday = FIRST - WEEK
        while monday + 6 * DAY < today:
            assert after.target(monday) == before.target(monday)
            assert after.paused(monday) == before.paused(monday)
            monday += WEEK
        for day in (FIRST + k * DAY for k in range((today - FIRST).days)):
            assert after.on(day) == before.on(day)


@settings(max_examples=80, deadline=None)
@given(lives(), minutes)
def test_what_is_said_today_holds_from_today_on(life: list[tuple[date, Commitment]], wanted: int) -> None:
    today = life[-1][0]
    history = Commitments((*(commitment for _, commitment in life), Commitment(today, wanted)))
    assert {history.on(today + n * DAY) for n in range(HORIZON)} == {wanted}
    assert history.returns(today) is None


@settings(max_examples=60, deadline=None)
@given(histories, dates)
def test_a_pause_returns_on_the_first_day_that_owes_something(history: Commitments, today: date) -> None:
    coming = [today + n * DAY for n in range(1, HORIZON + 2)]
    first = next((day for day in coming if in_force(history, day)), None)
    assert history.returns(today) == (None if in_force(history, today) else first)


def walk(history: Commitments, day: date) -> list[tuple[date, int]]:
    """The days to come with their minutes, one by one, beyond the last that changes anything."""
    return [(day + n * DAY, in_force(history, day + n * DAY)) for n in range(3 * HORIZON)]


@settings(max_examples=80, deadline=None)
@given(histories, dates, st.integers(1, 20_000))
def test_the_day_by_which_so_much_is_owed_is_the_one_that_a_walk_finds(
    history: Commitments, day: date, sevenths: int
) -> None:
    sums = list(accumulate(minutes for _, minutes in walk(history, day)))
    walked_to = next((day + n * DAY for n, total in enumerate(sums) if total >= sevenths), None)
    if walked_to:
        assert history.owing(day, sevenths) == walked_to
    else:
        later = history.owing(day, sevenths)
        assert later is None or later > day + (len(sums) - 1) * DAY


@settings(max_examples=80, deadline=None)
@given(histories, dates, st.integers(0, 40))
def test_the_day_on_which_so_many_days_have_owed_is_the_one_that_a_walk_finds(
    history: Commitments, day: date, days: int
) -> None:
    owing = [day, *(later for later, minutes in walk(history, day + DAY) if minutes)]
    assert history.after_owing(day, days) == (owing[days] if days < len(owing) else None)


@settings(max_examples=80, deadline=None)
@given(histories, dates, st.integers(0, 70), st.lists(dates, max_size=3, unique=True).map(sorted))
def test_the_targets_of_many_weeks_are_the_sum_of_each(
    history: Commitments, day: date, more: int, since: list[date]
) -> None:
    weeks = Weeks()
    for n, change in enumerate(since):
        weeks = weeks.changed(change, BEGINNINGS[n % 3])
    history, last = replace(history, weeks=weeks), day + more * DAY
    mondays = list(weeks.between(day, last))
    assert history.targets(weeks.first_of(day), last) == sum(map(history.target, mondays))
    assert weeks.count(day, last) == len(mondays)
    assert history.sevenths(day, last) == sum(in_force(history, day + n * DAY) for n in range(more + 1))


@settings(max_examples=60, deadline=None)
@given(histories, dates.map(monday_of))
def test_the_weeks_to_come_leave_none_out(history: Commitments, monday: date) -> None:
    coming = list(islice(history.weeks_from(monday), 14))
    assert coming == [(monday + n * WEEK, history.target(monday + n * WEEK)) for n in range(len(coming))]
    if len(coming) < 14:
        assert not any(history.target(monday + n * WEEK) for n in range(len(coming), 16))
