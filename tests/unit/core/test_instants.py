"""A local wall time is one instant, for ever: in a gap the first one after it, in a fold the first of the two."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import instant

ZONES = sorted(available_timezones())
YEARS = range(2024, 2037)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STRIDE = 14 * DAY
"""Shorter than any two changes of the clocks are apart."""


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/Berlin", "2026-01-05T09:00", "2026-01-05T08:00"),
        ("Europe/Berlin", "2026-07-06T09:00", "2026-07-06T07:00"),
        # Spring: 02:00 becomes 03:00.
        ("Europe/Berlin", "2026-03-29T01:59:59", "2026-03-29T00:59:59"),
        ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T02:59:59", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29T03:00:01", "2026-03-29T01:00:01"),
        # Autumn: 02:00 to 03:00 comes twice.
        ("Europe/Berlin", "2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00"),
        ("Europe/Berlin", "2026-10-25T02:59:59", "2026-10-25T00:59:59"),
        ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
        # Half an hour only.
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
        # Two hours.
        ("Antarctica/Troll", "2026-03-29T02:00", "2026-03-29T01:00"),
        ("Antarctica/Troll", "2026-10-25T02:00", "2026-10-25T00:00"),
        # Around midnight: the first instant after the gap is on the next date.
        ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T22:00"),
        ("America/Nuuk", "2026-03-28T23:30", "2026-03-29T01:00"),
        # Ramadan: the clocks go back, then forward.
        ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30"),
        ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00"),
        # A whole day that never was.
        ("Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59"),
        ("Pacific/Apia", "2011-12-30T00:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31T00:01", "2011-12-30T10:01"),
    ],
)
def test_known_gaps_and_folds(zone: str, local: str, utc: str) -> None:
    wall = datetime.fromisoformat(local)
    assert instant(wall.date(), wall.time(), ZoneInfo(zone)) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_an_instant_is_utc() -> None:
    assert instant(date(2026, 7, 6), time(9), ZoneInfo("Asia/Tokyo")).tzinfo is UTC


def test_every_change_of_the_clocks_of_every_zone_until_2036() -> None:
    seen = set()
    for key in ZONES:
        zone = ZoneInfo(key)
        changes = tuple(
            (at, _wall(at - SECOND, zone) + SECOND, _wall(at, zone)) for year in YEARS for at in transitions(key, year)
        )
        if changes in seen:
            continue  # Another name of the same zone.
        seen.add(changes)
        for _, before, after in changes:
            low, high = min(before, after), max(before, after)
            for local in (low - SECOND, low, low + (high - low) // 2, high - SECOND, high):
                calculated = instant(local.date(), local.time(), zone)
                assert calculated == oracle(local, key), f"{key} {local}"
    assert len(seen) > 30


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.builds(datetime.combine, st.dates(date(2024, 1, 1), date(2036, 12, 31)), st.times()).map(
        lambda local: local.replace(microsecond=0)
    ),
)
def test_any_local_time_of_any_zone(key: str, local: datetime) -> None:
    assert instant(local.date(), local.time(), ZoneInfo(key)) == oracle(local, key)


def oracle(local: datetime, key: str) -> datetime:
    """The instant by looking at every change of the clocks near it, without `fold`."""
    zone, near = ZoneInfo(key), local.replace(tzinfo=UTC)
    changes = [at for year in (local.year - 1, local.year, local.year + 1) for at in transitions(key, year)]
    changes = [at for at in changes if abs(at - near) < 3 * DAY]
    offsets = {_offset(at, zone) for at in (near - 3 * DAY, *changes, near + 3 * DAY)}
    shown = sorted(near - offset for offset in offsets if _wall(near - offset, zone) == local)
    if shown:
        return shown[0]
    return next(at for at in changes if _wall(at - SECOND, zone) < local < _wall(at, zone))


@cache
def transitions(key: str, year: int) -> tuple[datetime, ...]:
    """Every instant of a year at which the clocks of a zone change, found by walking."""
    zone, changes = ZoneInfo(key), []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        if _offset(day, zone) != _offset(day + STRIDE, zone):
            at = day
            for step in (DAY, HOUR, MINUTE, SECOND):
                while _offset(at + step, zone) == _offset(day, zone):
                    at += step
            changes.append(at + SECOND)
        day += STRIDE
    return tuple(changes)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
