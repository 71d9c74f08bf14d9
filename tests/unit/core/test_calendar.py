"""A day is the learner's day, a week runs Monday to Sunday on the learner's own calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import DAY, MONDAYS, WEEK, instant, local_date, monday_of

ZONES = sorted(available_timezones())
MONDAY, SUNDAY = date(2026, 1, 5), date(2026, 1, 11)

days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        ("2026-01-05T22:59:59", "Europe/Berlin", date(2026, 1, 5)),
        ("2026-01-05T23:00:00", "Europe/Berlin", date(2026, 1, 6)),
        ("2026-07-05T21:59:00", "Europe/Berlin", date(2026, 7, 5)),
        ("2026-07-05T22:01:00", "Europe/Berlin", date(2026, 7, 6)),
        ("2026-01-06T04:59:00", "America/New_York", date(2026, 1, 5)),
        ("2026-01-06T05:01:00", "America/New_York", date(2026, 1, 6)),
        ("2026-01-05T18:14:00", "Asia/Kathmandu", date(2026, 1, 5)),
        ("2026-01-05T18:16:00", "Asia/Kathmandu", date(2026, 1, 6)),
        ("2026-01-05T09:59:00", "Pacific/Kiritimati", date(2026, 1, 5)),
        ("2026-01-05T10:01:00", "Pacific/Kiritimati", date(2026, 1, 6)),
        ("2026-01-06T10:59:00", "Pacific/Pago_Pago", date(2026, 1, 5)),
        ("2026-01-06T11:01:00", "Pacific/Pago_Pago", date(2026, 1, 6)),
        # Samoa had no 30 December 2011.
        ("2011-12-30T09:59:00", "Pacific/Apia", date(2011, 12, 29)),
        ("2011-12-30T10:00:00", "Pacific/Apia", date(2011, 12, 31)),
    ],
)
def test_the_date_is_the_one_on_the_learners_wall(now: str, zone: str, day: date) -> None:
    assert local_date(datetime.fromisoformat(now).replace(tzinfo=UTC), ZoneInfo(zone)) == day


@given(st.integers(0, 20 * 366 * 24 * 60), st.sampled_from(ZONES), st.integers(0, 360))
def test_until_a_day_begins_it_is_the_day_before_by_the_clock_on_the_wall(minute: int, zone: str, begins: int) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    local = now.astimezone(ZoneInfo(zone))
    before = (local.hour, local.minute) < divmod(begins, 60)
    assert local_date(now, ZoneInfo(zone), begins) == local.date() - before * DAY


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(ZONES), days)
def test_a_minute_before_and_after_midnight_are_two_days_in_every_zone(key: str, day: date) -> None:
    zone = ZoneInfo(key)
    assert local_date(instant(day, time(23, 59), zone), zone) == day
    assert local_date(instant(day + DAY, time(0, 1), zone), zone) == day + DAY


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ZONES), st.sampled_from(ZONES), st.builds(datetime.combine, days, st.times(), st.just(UTC)))
def test_who_travels_is_at_most_a_day_away_from_who_stays(here: str, there: str, now: datetime) -> None:
    apart = local_date(now, ZoneInfo(there)) - local_date(now, ZoneInfo(here))
    # 14 hours ahead of UTC and 12 behind: 26 hours in all.
    assert abs(apart) <= 2 * DAY


@pytest.mark.parametrize("n", range(7))
def test_a_week_has_seven_days_from_monday_on(n: int) -> None:
    assert monday_of(MONDAY + n * DAY) == MONDAY


def test_the_days_around_a_week_belong_to_its_neighbours() -> None:
    assert monday_of(MONDAY - DAY) == MONDAY - WEEK
    assert monday_of(SUNDAY + DAY) == MONDAY + WEEK


@given(days)
def test_every_day_has_a_monday_at_most_six_days_before_it(day: date) -> None:
    monday = monday_of(day)
    assert monday.isoweekday() == 1
    assert timedelta(0) <= day - monday <= timedelta(days=6)


@pytest.mark.parametrize(
    ("first", "last", "mondays"),
    [
        (MONDAY, MONDAY, [MONDAY]),
        (SUNDAY, SUNDAY, [MONDAY]),
        (MONDAY, SUNDAY, [MONDAY]),
        (SUNDAY, SUNDAY + DAY, [MONDAY, MONDAY + WEEK]),
        (SUNDAY, MONDAY + 2 * WEEK, [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]),
        (SUNDAY, MONDAY + 2 * WEEK - DAY, [MONDAY, MONDAY + WEEK]),
        (SUNDAY, MONDAY, [MONDAY]),
        (MONDAY, MONDAY - DAY, []),
    ],
)
def test_weeks_between_two_days_include_both_their_weeks(first: date, last: date, mondays: list[date]) -> None:
    assert list(MONDAYS.between(first, last)) == mondays
