"""When the bot speaks unasked, how late it still may, and when it stops."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.core.reminder import ONE_OFF, SILENCE, SILENCE_AFTER, STUDY_TIME, expired, quiet, retry_delay
from tests.kinds import DEFAULTS, LATEST

DUE = datetime(2026, 1, 5, 8, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_the_usual_hours_of_the_week() -> None:
    assert {
        "announcement": (0, time(9)),
        "nudge": (2, time(18)),
        "checkin": (6, time(18)),
    } == DEFAULTS


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("announcement", timedelta(days=3)),
        ("nudge", timedelta(hours=12)),
        ("checkin", timedelta(hours=36)),
        (STUDY_TIME, timedelta(hours=2)),
        (ONE_OFF, timedelta(days=2)),
    ],
)
def test_a_message_may_come_this_late_and_not_a_moment_later(kind: str, limit: timedelta) -> None:
    assert LATEST[kind] == limit
    assert not expired(kind, DUE, DUE, LATEST)
    assert not expired(kind, DUE, DUE + limit, LATEST)
    assert expired(kind, DUE, DUE + limit + MOMENT, LATEST)


def test_a_message_of_a_kind_that_is_gone_comes_no_more() -> None:
    assert expired("horoscope", DUE, DUE, LATEST)


@pytest.mark.parametrize(("unanswered", "enough"), [(0, False), (2, False), (3, True), (4, True)])
def test_three_unanswered_check_ins_are_enough(unanswered: int, enough: bool) -> None:
    assert quiet(unanswered) is enough


def test_silence_is_measured_in_check_ins_a_day_old() -> None:
    assert (3, timedelta(days=1)) == (SILENCE, SILENCE_AFTER)


@pytest.mark.parametrize(
    ("failed", "seconds"),
    [(1, 10), (2, 20), (3, 40), (4, 80), (5, 160), (6, 320), (7, 640), (8, 900), (9, 900), (1000, 900)],
)
def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(failed: int, seconds: int) -> None:
    assert retry_delay(failed) == timedelta(seconds=seconds)
