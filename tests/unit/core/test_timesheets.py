"""Hours are read out of what other programs export; what is not understood is named, and nothing raises."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.timesheet.cells import clock_of, day_of, seconds_of
from bot.core.timesheet.draft import drafted, dumped, loaded
from bot.core.timesheet.reading import Sheet, day_first, month_first, read_sheet
from bot.core.timesheet.table import MOST_ROWS, Unreadable, defused, read_table, written

TODAY = date(2026, 5, 1)
HEADER = "Date,Duration,Description\n"
TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
    'ada,a@b.c,,Maths,,"Chapter 3, ""twice""\nand again",No,2026-03-02,09:00:00,2026-03-02,10:30:29,01:30:29,x\n'
)
CLOCKIFY = (
    "Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,"
    "Duration (h),Duration (decimal)\n"
    "Maths,,Chapter 3,,ada,,,,No,03/13/2026,09:00 AM,03/13/2026,10:30 AM,01:30:00,1.50\n"
)
KIMAI = (
    '"Date","From","To","Duration","Internal rate","Customer","Project","Activity","Description"\n'
    '"2026-03-02","09:00","10:30","5400","0","me","Maths","Calculus",""\n'
)
GERMAN = "Datum;Von;Bis;Dauer;Projekt\r\n2.3.2026;23:30;01:00;1,5;Mathe\r\n"


def read(text: str | bytes, today: date = TODAY) -> Sheet:
    return read_sheet(text if isinstance(text, bytes) else text.encode(), today)


def facts(sheet: Sheet) -> list[tuple[str, int]]:
    return [(row.day.isoformat(), row.minutes) for row in sheet.rows]


@pytest.mark.parametrize(
    ("text", "day", "names"),
    [
        (TOGGL, "2026-03-02", ('Chapter 3, "twice"\nand again', "Maths")),
        (CLOCKIFY, "2026-03-13", ("Chapter 3", "Maths")),
        (KIMAI, "2026-03-02", ("Calculus", "Maths")),
        (GERMAN, "2026-03-02", ("Mathe",)),
    ],
    ids=["Toggl", "Clockify", "Kimai", "German"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_exports_of_programs_are_read(text: str, day: str, names: tuple[str, ...], encoding: str) -> None:
    sheet = read(text.encode(encoding))
    assert facts(sheet) == [(day, 90)]
    assert sheet.rows[0].names == names
    assert not sheet.problems


def test_a_description_becomes_one_line() -> None:
    assert read(TOGGL).rows[0].note == 'Chapter 3, "twice" and again'


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        *(("1:30", 90), ("01:30:00", 90), ("1h 30m", 90), ("1h", 60), ("45 min", 45), ("1,5 h", 90), ("1.5", 90)),
        *(("2 Std. 15 Min.", 135), ("0,25", 15), ("90", None), ("", None), ("soon", None), ("-1:00", None)),
    ],
)
def test_durations(cell: str, minutes: int | None) -> None:
    seconds = seconds_of(cell, None, None)
    assert (None if seconds is None else seconds // 60) == minutes


@pytest.mark.parametrize("cell", ["5400", "90"])
def test_a_number_without_a_unit_is_what_begin_and_end_tell(cell: str) -> None:
    assert seconds_of(cell, None, 5400) == 5400
    assert seconds_of(cell, None, 7200) is None


def test_times_of_day() -> None:
    clocks = [clock_of(cell) for cell in ("12:30 AM", "12:30 pm", "2026-03-02 09:05", "25:00", "9")]
    assert clocks == [1800, 45000, 32700, None, None]


def test_days() -> None:
    assert day_of("2026-03-02T09:00:00Z") == day_of("2026-03-02")
    assert day_of("30.2.2026") is None
    assert day_of("13/14/2026") is None
    assert day_of("yesterday") is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["03/04/2026", "25/03/2026"], ["2026-04-03", "2026-03-25"]),
        (["03/04/2026", "03/25/2026"], ["2026-03-04", "2026-03-25"]),
        (["03/04/2026", "02/12/2026"], ["2026-03-04", "2026-02-12"]),  # the second of December has not come
        (["03/04/2026", "2026-01-01"], None),
        (["03.04.2026", "04.03.2026"], ["2026-04-03", "2026-03-04"]),
    ],
)
def test_other_lines_tell_whether_the_month_comes_first(days: list[str], expected: list[str] | None) -> None:
    sheet = read(HEADER + "".join(f"{day},1:00,x\n" for day in days))
    if expected is None:
        assert sheet.unsure
        assert day_first(sheet).rows[0].day == date(2026, 4, 3)
        assert month_first(sheet).rows[0].day == date(2026, 3, 4)
        assert not month_first(sheet).unsure
    else:
        assert [day for day, _ in facts(sheet)] == expected
        assert not sheet.unsure


def test_a_day_that_may_be_two_in_a_file_with_both_orders_is_named() -> None:
    sheet = read(HEADER + "25/03/2026,1:00,\n03/25/2026,1:00,\n03/04/2026,1:00,\n")
    assert [(problem.line, problem.why) for problem in sheet.problems] == [(4, "which day")]


def test_lines_that_are_not_understood_are_named_with_their_number() -> None:
    sheet = read(
        HEADER + "\n2026-03-02,1:00,ok\nTotal,1:00,\n2026-03-03,soon,\n2026-03-03,0:00:10,\n2026-03-04,25:00,\n"
    )
    assert facts(sheet) == [("2026-03-02", 60)]
    assert [(problem.line, problem.why) for problem in sheet.problems] == [
        (4, "day"),
        (5, "duration"),
        (6, "no time"),
        (7, "too long"),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"PK\x03\x04\x00\x00", "no text"),
        (b"a,b\n1,2\n", "columns"),
        (b'"' * 1024 * 1024, "quotes"),
        (HEADER.encode() + b"2026-03-02,1:00,x\n" * 100_000, "long"),
        (b"," * 1024 * 1024, "quotes"),
        (b"\n" * 1024 * 1024, "empty"),
        (HEADER.encode() + b'2026-03-02,1:00,"' + b"x" * 500_000, "quotes"),
    ],
    ids=["nothing", "blank", "workbook", "columns", "quotes", "long", "commas", "lines", "open quote"],
)
def test_hostile_files_are_refused_soon_and_with_the_reason(content: bytes, why: str) -> None:
    begun = time.process_time()
    with pytest.raises(Unreadable) as refused:
        read_sheet(content, TODAY)
    assert refused.value.why == why
    assert time.process_time() - begun < 5


def test_a_file_of_the_most_rows_is_read() -> None:
    assert len(read(HEADER + "2026-03-02,1:00,x\n" * MOST_ROWS).rows) == MOST_ROWS


CELLS = st.text(st.characters(codec="utf-8"), max_size=30) | st.from_regex(
    r"[0-9]{1,4}[-/.:,][0-9]{1,4}([-/.:][0-9]{1,4})?( ?[hmap]{1,2})?", fullmatch=True
)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    for beginning in (b"", HEADER.encode(), b"Datum;Von;Bis\n"):
        try:
            read_sheet(beginning + content, TODAY)
        except Unreadable:
            continue


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5))
def test_no_cells_break_the_reading_and_a_draft_keeps_what_was_read(cells: list[tuple[str, str, str]]) -> None:
    text = written([("Date", "Duration", "Description"), *cells], ",")
    try:
        sheet = read(text)
    except Unreadable:
        return
    assert all(0 < row.minutes <= 24 * 60 for row in sheet.rows)
    draft = drafted("key", "name", sheet)
    kept = loaded(dumped(draft))
    assert kept is not None
    assert kept.sheet.rows == sheet.rows


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30))
def test_a_defused_cell_is_no_formula_and_reads_back(words: str) -> None:
    cell = defused(words.strip())
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    table = read_table(written([("Day", "Note"), ("1", cell)], ";").encode(), lambda cells: "Day" in cells)
    assert table.rows[0].cells[1] == words.strip()


def test_other_stored_requests_are_no_draft() -> None:
    assert loaded("1.log?spent=60m") is None
