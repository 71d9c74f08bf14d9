"""The ledger is append-only: every number is a sum over the entries that count."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import EntryId
from bot.core.ledger import (
    DAY_LIMIT,
    BeforeTheStart,
    Entry,
    InTheFuture,
    Kind,
    Rejected,
    TooMuchInADay,
    check,
    effective,
    history,
    loggings,
    minutes_on,
)

MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def line(
    id_: int,
    minutes: int = 60,
    day: date = MONDAY,
    kind: Kind = "study",
    reverses: EntryId | None = None,
    part_of: EntryId | None = None,
) -> Entry:
    return Entry(EntryId(id_), "calculus", day, minutes, kind, NOW, reverses=reverses, part_of=part_of)


def reversal(id_: int, of: Entry) -> Entry:
    return line(id_, -of.minutes, of.day, "reversal", of.id)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Lines of study and of items done, some of them taken back later."""
    entries: list[Entry] = []
    open_lines: list[Entry] = []
    for id_ in range(1, draw(st.integers(0, 15)) + 1):
        if open_lines and draw(st.integers(0, 3)) == 0:
            entries.append(reversal(id_, open_lines.pop(draw(st.integers(0, len(open_lines) - 1)))))
            continue
        done = draw(st.integers(0, 4)) == 0
        day = MONDAY + draw(st.integers(0, 20)) * DAY
        new = line(id_, 0 if done else draw(st.integers(1, 600)), day, "done" if done else "study")
        entries.append(new)
        open_lines.append(new)
    return entries


def test_a_line_taken_back_does_not_stand_and_neither_does_its_reversal() -> None:
    first, second, third = line(1), line(2, 0, kind="done"), line(3)
    entries = [first, second, reversal(4, first), third, reversal(5, second)]
    assert effective(entries) == [third]
    assert effective(iter(entries)) == [third]


def test_lines_stand_in_the_order_of_recording_not_of_their_days() -> None:
    later, earlier = line(1, day=MONDAY + DAY), line(2, day=MONDAY)
    assert effective([later, earlier]) == [later, earlier]


def test_minutes_of_a_day_are_its_own() -> None:
    entries = [line(1, 10, MONDAY - DAY), line(2, 20, MONDAY), line(3, 40, MONDAY), line(4, 80, MONDAY + DAY)]
    assert minutes_on(entries, MONDAY) == 60
    assert minutes_on(entries, MONDAY + 9 * DAY) == 0


@settings(max_examples=80, deadline=None)
@given(ledgers())
def test_every_sum_equals_the_one_over_the_lines_that_count(entries: list[Entry]) -> None:
    kept = effective(entries)
    assert sum(entry.minutes for entry in entries) == sum(entry.minutes for entry in kept)
    days = {entry.day for entry in entries}
    assert {day: minutes_on(entries, day) for day in days} == {day: minutes_on(kept, day) for day in days}


@settings(max_examples=100, deadline=None)
@given(ledgers())
def test_taking_back_everything_leaves_nothing(entries: list[Entry]) -> None:
    ids = count(len(entries) + 1)
    emptied = [*entries, *(reversal(next(ids), entry) for entry in effective(entries))]
    assert effective(emptied) == []
    assert not any(minutes_on(emptied, entry.day) for entry in entries)


@pytest.mark.parametrize(
    ("already", "minutes"), [(0, 1), (0, DAY_LIMIT), (DAY_LIMIT - 1, 1), (900, 540), (DAY_LIMIT - 60, 60)]
)
def test_a_day_takes_up_to_24_hours(already: int, minutes: int) -> None:
    check(already, minutes=minutes, day=MONDAY, start=MONDAY, today=MONDAY)


@pytest.mark.parametrize(("already", "minutes"), [(0, 1441), (1, 1440), (900, 541), (1440, 1)])
def test_a_day_takes_not_a_minute_more(already: int, minutes: int) -> None:
    with pytest.raises(TooMuchInADay) as raised:
        check(already, minutes=minutes, day=MONDAY, start=MONDAY, today=MONDAY)
    assert raised.value.already == already
    assert str(already) in str(raised.value)


def test_24_hours_are_1440_minutes() -> None:
    assert DAY_LIMIT == 1440


def test_hours_taken_back_make_room_again() -> None:
    full = line(1, 1440)
    check(minutes_on([full, reversal(2, full)], MONDAY), minutes=1440, day=MONDAY, start=MONDAY, today=MONDAY)


def test_other_days_take_no_room() -> None:
    entries = [line(1, 1440, MONDAY), line(2, 1440, MONDAY + 2 * DAY)]
    check(minutes_on(entries, MONDAY + DAY), minutes=1440, day=MONDAY + DAY, start=MONDAY, today=MONDAY + 2 * DAY)


def test_today_may_be_logged_and_tomorrow_may_not() -> None:
    check(0, minutes=60, day=MONDAY + DAY, start=MONDAY, today=MONDAY + DAY)
    with pytest.raises(InTheFuture):
        check(0, minutes=60, day=MONDAY + 2 * DAY, start=MONDAY, today=MONDAY + DAY)


def test_the_first_day_may_be_logged_and_the_day_before_may_not() -> None:
    check(0, minutes=60, day=MONDAY, start=MONDAY, today=MONDAY + WEEK)
    with pytest.raises(BeforeTheStart):
        check(0, minutes=60, day=MONDAY - DAY, start=MONDAY, today=MONDAY + WEEK)


def test_every_no_of_the_ledger_is_one_kind_of_thing() -> None:
    for too_much in ((1441, MONDAY), (60, MONDAY + DAY), (60, MONDAY - DAY)):
        with pytest.raises(Rejected):
            check(0, minutes=too_much[0], day=too_much[1], start=MONDAY, today=MONDAY)


def test_hours_split_over_items_are_one_logging() -> None:
    first, more, other, done = line(1, 60), line(2, 30, part_of=EntryId(1)), line(3, 15), line(4, 0, kind="done")
    logged = loggings([first, more, other, reversal(5, other), done])
    assert [logging.lines for logging in logged] == [(first, more), (other,), (done,)]
    assert [logging.id for logging in logged] == [1, 3, 4]
    assert [logging.minutes for logging in logged] == [90, 15, 0]


def test_reversals_are_no_loggings() -> None:
    first = line(1)
    assert loggings([reversal(2, first)]) == []


def test_what_was_moved_keeps_its_place_in_the_order_and_what_was_put_back_has_never_left_it() -> None:
    first, second, third = line(1), line(2), line(3)
    gone, moved = reversal(4, first), line(5)._replace(item="regression", moves=EntryId(1))
    split = line(6)._replace(item="algebra", moves=EntryId(1), part_of=EntryId(5))
    entries = [first, second, third, gone, moved, split]
    assert effective(entries) == [moved, split, second, third]
    again, back = reversal(7, moved), reversal(8, split)
    put_back = line(9, 60, kind="reversal", reverses=EntryId(4))
    assert effective([*entries, again, back, put_back]) == [first, second, third]
    assert [(entry.id, counts) for entry, counts in history([*entries, again, back, put_back]).values()] == [
        (1, True),
        (2, True),
        (3, True),
    ]
    assert [(entry.id, counts) for entry, counts in history([*entries, again, back]).values()] == [
        (5, False),
        (2, True),
        (3, True),
    ]
