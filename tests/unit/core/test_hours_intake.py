"""Which hours of a file are taken: what is logged, has not come, or does not fit into a day is left out."""

from datetime import UTC, date, datetime

from bot.core.ids import EntryId
from bot.core.ledger import Entry, Logging
from bot.core.position import Share
from bot.core.timesheet.intake import lines_of, sift
from bot.core.timesheet.reading import SheetRow

TODAY = date(2026, 3, 10)
MONDAY = date(2026, 3, 2)


def rows(*minutes: int, day: date = MONDAY) -> list[SheetRow]:
    return [SheetRow(line, day, amount) for line, amount in enumerate(minutes, start=2)]


def logging(*minutes: int, first: int = 1) -> Logging:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Logging(tuple(Entry(EntryId(first + n), "x", MONDAY, m, "study", at) for n, m in enumerate(minutes)))


def test_each_entry_makes_one_row_a_double() -> None:
    intake = sift(rows(60, 60, 30), [logging(60)], {MONDAY: 60}, today=TODAY)
    assert [row.minutes for row in intake.double] == [60]
    assert [row.minutes for row in intake.taken] == [60, 30]


def test_an_entry_over_several_items_is_known_as_a_whole_and_by_its_lines() -> None:
    assert len(sift(rows(90), [logging(60, 30)], {MONDAY: 90}, today=TODAY).double) == 1
    assert len(sift(rows(60, 30), [logging(60, 30)], {MONDAY: 90}, today=TODAY).double) == 2


def test_doubles_are_taken_where_they_are_asked_for() -> None:
    intake = sift(rows(60), [logging(60)], {MONDAY: 60}, today=TODAY, doubles=True)
    assert [len(intake.taken), len(intake.double)] == [1, 0]


def test_a_day_to_come_and_more_than_a_day_has_are_left_out_and_long_days_are_named() -> None:
    intake = sift([*rows(900, 600, 120), *rows(60, day=date(2026, 3, 11))], [], {}, today=TODAY)
    assert [row.minutes for row in intake.taken] == [900, 120]
    assert [row.minutes for row in intake.full] == [600]
    assert [row.minutes for row in intake.ahead] == [60]
    assert intake.long == {MONDAY: 1020}


def test_a_row_goes_to_the_item_it_names_else_to_the_one_whose_turn_it_is() -> None:
    file = [
        SheetRow(2, MONDAY, 90, ("chapter",), "chapter"),
        SheetRow(3, MONDAY, 30, ("Loops", "Maths"), "Loops"),
        SheetRow(4, MONDAY, 60, (), None),
    ]
    lines = lines_of(
        file, lambda name: "loops" if name == "Loops" else None, lambda n: [Share("a", 60), Share("b", n - 60)]
    )
    assert [(line.item, line.minutes, line.note) for line in lines] == [
        ("a", 90, "chapter"),
        ("loops", 30, None),
        ("b", 60, None),
    ]
