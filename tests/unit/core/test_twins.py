"""A second logging just like the last one is asked about, for a minute."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.ledger import TWIN_WINDOW, Entry, Kind, effective, twin

MONDAY = date(2026, 1, 5)
DAY = timedelta(days=1)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
SECONDS = timedelta(seconds=1)


def line(
    id_: int = 1,
    minutes: int = 60,
    item: str = "calculus",
    day: date = MONDAY,
    ago: timedelta = 10 * SECONDS,
    kind: Kind = "study",
    reverses: int | None = None,
    part_of: int | None = None,
) -> Entry:
    return Entry(id_, item, day, minutes, kind, NOW - ago, reverses=reverses, part_of=part_of)


def twin_of(*entries: Entry, item: str | None = "calculus", minutes: int = 60, day: date = MONDAY) -> int | None:
    logging = twin(effective(entries), item=item, minutes=minutes, day=day, now=NOW)
    return None if logging is None else logging.id


def test_the_window_is_a_minute() -> None:
    assert timedelta(minutes=1) == TWIN_WINDOW


def test_the_same_once_more_is_a_twin() -> None:
    assert twin_of(line(ago=timedelta(0))) == 1


@pytest.mark.parametrize(("ago", "is_twin"), [(59.999, True), (59.999999, True), (60, False), (60.001, False)])
def test_a_minute_later_it_is_another_hour_of_study(ago: float, is_twin: bool) -> None:
    assert (twin_of(line(ago=ago * SECONDS)) is not None) is is_twin


@pytest.mark.parametrize(
    "other",
    [
        line(minutes=61),
        line(item="probability"),
        line(day=MONDAY - DAY),
        line(kind="done"),
    ],
)
def test_what_differs_in_anything_is_no_twin(other: Entry) -> None:
    assert twin_of(other) is None


def test_an_item_done_is_no_twin_of_nothing_studied() -> None:
    assert twin_of(line(minutes=0, kind="done"), minutes=0) is None


def test_what_was_taken_back_has_no_twin() -> None:
    back = line(2, -60, kind="reversal", reverses=1)
    assert twin_of(line(1), back) is None
    assert twin_of(line(1), line(3), back) == 3


def test_another_logging_in_between_does_not_hide_the_twin() -> None:
    assert twin_of(line(1, ago=20 * SECONDS), line(2, 15, ago=5 * SECONDS)) == 1


def test_the_newest_twin_is_the_one_named() -> None:
    assert twin_of(line(1, ago=20 * SECONDS), line(2, ago=5 * SECONDS)) == 2


def test_beyond_the_window_nobody_looks_further() -> None:
    assert twin_of(line(1, ago=5 * SECONDS), line(2, 15, ago=60 * SECONDS)) is None


def test_without_an_item_any_item_is_alike() -> None:
    assert twin_of(line(item="probability"), item=None) == 1
    assert twin_of(line(item="probability"), item=None, minutes=61) is None


def test_hours_split_over_items_are_compared_as_a_whole() -> None:
    split = (line(1, 40, "calculus"), line(2, 20, "probability", part_of=1))
    assert twin_of(*split, item=None, minutes=60) == 1
    assert twin_of(*split, item=None, minutes=40) is None
    assert twin_of(*split, item="calculus", minutes=60) is None
    assert twin_of(*split, item="calculus", minutes=40) is None


def test_an_empty_ledger_has_no_twins() -> None:
    assert twin_of() is None
