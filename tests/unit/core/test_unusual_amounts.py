"""An amount at once that is likely a slip of the pen is known by the learner's own days; others are left alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.ledger import Entry, minutes_by_day, unusual

NOW = datetime(2026, 1, 5, tzinfo=UTC)
HOUR = 60


def days(*minutes: int) -> list[Entry]:
    """An entry a day."""
    return [
        Entry(n, "calculus", date(2026, 1, 5) + timedelta(days=n), amount, "study", NOW)
        for n, amount in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("before", "minutes", "asked"),
    [
        ([], 8 * HOUR, False),
        ([], 12 * HOUR, False),
        ([], 12 * HOUR + 1, True),
        ([], 1000, True),
        ([8 * HOUR], 12 * HOUR, False),
        # Three days are not enough to know somebody by.
        ([20, 20], 6 * HOUR, False),
        ([20, 20, 20], 2 * HOUR, False),
        ([20, 20, 20], 3 * HOUR, False),
        ([20, 20, 20], 3 * HOUR + 1, True),
        ([2 * HOUR] * 4, 6 * HOUR, False),
        ([2 * HOUR] * 4, 6 * HOUR + 1, True),
        ([10 * HOUR] * 4, 12 * HOUR + 1, True),
    ],
)
def test_what_is_asked_about(before: list[int], minutes: int, *, asked: bool) -> None:
    assert unusual(minutes, lambda: minutes_by_day(days(*before))) is asked


def test_what_was_taken_back_is_no_measure() -> None:
    entries = days(8 * HOUR, 20, 20, 20)
    reversal = entries[0]._replace(id=9, minutes=-8 * HOUR, kind="reversal", reverses=0)
    assert unusual(4 * HOUR, lambda: minutes_by_day([*entries, reversal]))
    assert not unusual(4 * HOUR, lambda: minutes_by_day(entries))
