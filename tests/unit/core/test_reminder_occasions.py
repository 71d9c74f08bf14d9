"""Reminders come at the right local minute, week after week, for ever; after an outage only the newest one."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import instant, local_date
from bot.core.ids import LearnerId
from bot.core.reminder import Occasion, Rule, after, newest

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = sorted(available_timezones())
TEN_YEARS = 522
RESTLESS = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/New_York",
    "America/Nuuk",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Chatham",
)

minutes = st.builds(time, st.integers(0, 23), st.sampled_from((0, 1, 15, 29, 30, 45, 59)))
moments = st.builds(datetime.combine, st.dates(date(2024, 1, 1), date(2036, 1, 1)), st.times(), st.just(UTC))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def rule(weekday: int, local: time, zone: str, due: datetime | None = None) -> Rule:
    return Rule(1, LearnerId(1), "announcement", weekday, local, ZoneInfo(zone), due)


def occasions(weekday: int, local: time, zone: ZoneInfo, now: datetime) -> "Iterator[Occasion]":
    while True:
        coming = after(weekday, local, zone, now)
        yield coming
        now = coming.due


def check_ten_years(weekday: int, local: time, zone: ZoneInfo, start: datetime) -> None:
    following = list(islice(occasions(weekday, local, zone, start), TEN_YEARS))
    assert start < following[0].due
    assert following[0].day - local_date(start, zone) <= timedelta(days=8)
    for occasion in following:
        assert occasion.day.weekday() == weekday
        assert occasion.due == instant(occasion.day, local, zone)
        wall = occasion.due.astimezone(zone).replace(tzinfo=None)
        skipped = wall != datetime.combine(occasion.day, local)
        assert not skipped or timedelta(0) < wall - datetime.combine(occasion.day, local) <= timedelta(hours=2)
    assert all(later.day - earlier.day == timedelta(days=7) for earlier, later in pairwise(following))


@pytest.mark.parametrize("zone", RESTLESS)
@pytest.mark.parametrize(("weekday", "local"), [(6, time(2, 15)), (5, time(23, 30)), (4, time(0, 30)), (0, time(9))])
def test_ten_years_where_the_clocks_change_at_that_hour(zone: str, weekday: int, local: time) -> None:
    check_ten_years(weekday, local, ZoneInfo(zone), at("2026-01-05T08:00"))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 6), minutes)
def test_ten_years_in_any_zone(zone: str, weekday: int, local: time) -> None:
    check_ten_years(weekday, local, ZoneInfo(zone), at("2026-01-05T08:00"))


@pytest.mark.parametrize(
    ("now", "day", "due"),
    [
        ("2026-01-05T07:59:59", date(2026, 1, 5), "2026-01-05T08:00"),
        # Due right now is not to come any more.
        ("2026-01-05T08:00:00", date(2026, 1, 12), "2026-01-12T08:00"),
        ("2026-01-05T08:00:01", date(2026, 1, 12), "2026-01-12T08:00"),
        ("2026-01-06T08:00:00", date(2026, 1, 12), "2026-01-12T08:00"),
        ("2026-01-11T23:30:00", date(2026, 1, 12), "2026-01-12T08:00"),
        # The week of the change: the same minute on the wall, another instant.
        ("2026-03-28T12:00:00", date(2026, 3, 30), "2026-03-30T07:00"),
    ],
)
def test_the_next_monday_at_nine_in_berlin(now: str, day: date, due: str) -> None:
    assert after(0, time(9), ZoneInfo("Europe/Berlin"), at(now)) == Occasion(day, at(due))


def test_a_time_the_clocks_skip_comes_right_after_the_gap() -> None:
    occasion = after(6, time(2, 30), ZoneInfo("Europe/Berlin"), at("2026-03-28T12:00"))
    assert occasion == Occasion(date(2026, 3, 29), at("2026-03-29T01:00"))


def test_a_time_that_comes_twice_comes_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = after(6, time(2, 30), berlin, at("2026-10-24T12:00"))
    assert first == Occasion(date(2026, 10, 25), at("2026-10-25T00:30"))
    assert after(6, time(2, 30), berlin, first.due).day == date(2026, 11, 1)


def test_a_day_that_never_was_is_not_left_out() -> None:
    occasion = after(4, time(9), ZoneInfo("Pacific/Apia"), at("2011-12-29T12:00"))
    assert occasion == Occasion(date(2011, 12, 30), at("2011-12-30T10:00"))


def test_a_midnight_that_was_there_already_when_the_clocks_went_back_over_it() -> None:
    # 00:01 on Sunday became 23:01 on Saturday: half past eleven on Saturday, with Sunday's midnight behind us.
    st_johns, now = ZoneInfo("America/St_Johns"), at("2010-11-07T03:00")
    assert now.astimezone(st_johns).strftime("%a %H:%M") == "Sat 23:30"
    assert after(6, time(0), st_johns, now).day == date(2010, 11, 14)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-01-05T08:00:00", date(2026, 1, 5)),
        ("2026-01-12T07:59:59", date(2026, 1, 5)),
        ("2026-01-12T08:00:00", date(2026, 1, 12)),
        ("2026-02-01T12:00:00", date(2026, 1, 26)),
    ],
)
def test_after_an_outage_the_newest_occasion_counts(now: str, day: date) -> None:
    last, coming = newest(rule(0, time(9), "Europe/Berlin", at("2026-01-05T08:00")), at(now))
    assert last == Occasion(day, instant(day, time(9), ZoneInfo("Europe/Berlin")))
    assert coming.day == day + timedelta(days=7)


@pytest.mark.parametrize(
    "now", ["2011-12-23T19:30", "2011-12-29T12:00", "2011-12-30T09:59", "2011-12-30T10:00", "2012-01-05T18:59"]
)
@pytest.mark.parametrize("weekday", range(7))
def test_the_newest_occasion_around_a_day_that_never_was(weekday: int, now: str) -> None:
    last, coming = newest(rule(weekday, time(9), "Pacific/Apia"), at(now))
    assert last.due <= at(now) < coming.due
    assert coming.day - last.day == timedelta(days=7)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 6), minutes, moments)
def test_now_lies_between_the_newest_and_the_coming_one(zone: str, weekday: int, local: time, now: datetime) -> None:
    last, coming = newest(rule(weekday, local, zone), now)
    assert last.due <= now < coming.due
    assert coming.day - last.day == timedelta(days=7)
    assert coming == after(weekday, local, ZoneInfo(zone), now)
    assert last.due == instant(last.day, local, ZoneInfo(zone))
