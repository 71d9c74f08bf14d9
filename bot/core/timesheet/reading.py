"""Hours out of a CSV file, by the names of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.core.timesheet.cells import DayCell, Unit, day_of, seconds_of, span
from bot.core.timesheet.table import Table, TableRow, read_table

Column = Literal["day", "begin", "end", "hours", "minutes", "duration", "seconds", "item", "task", "project", "note"]
WhyNot = Literal["day", "which day", "duration", "no time", "too long"]

COLUMNS: Mapping[str, Column] = {
    # Toggl Track, Clockify, Kimai and spreadsheets, in English and German; what our own export has in any language is
    # handed in.
    **dict.fromkeys(("start date", "date", "day", "startdatum", "anfangsdatum", "datum", "tag"), "day"),
    **dict.fromkeys(("start time", "start", "begin", "from", "startzeit", "beginn", "anfang", "von"), "begin"),
    **dict.fromkeys(("end time", "end", "to", "stop", "endzeit", "ende", "bis"), "end"),
    **dict.fromkeys(("minutes", "minuten", "duration (minutes)", "dauer (minuten)"), "minutes"),
    **dict.fromkeys(("duration (h)", "dauer (h)", "time (h)", "zeit (h)"), "hours"),
    **dict.fromkeys(("duration (decimal)", "dauer (dezimal)", "hours", "stunden", "time (decimal)"), "hours"),
    **dict.fromkeys(("duration", "dauer", "time", "zeit", "time spent"), "duration"),
    **dict.fromkeys(("seconds", "sekunden", "duration (seconds)", "dauer (sekunden)"), "seconds"),
    **dict.fromkeys(("item", "topic", "thema"), "item"),
    **dict.fromkeys(("task", "activity", "aufgabe", "tätigkeit"), "task"),
    **dict.fromkeys(("project", "projekt"), "project"),
    **dict.fromkeys(("description", "note", "notes", "comment", "beschreibung", "notiz", "kommentar"), "note"),
}
"""What columns are called, without capital letters."""
_DURATIONS: Mapping[Column, Unit | None] = {
    "minutes": "minutes",
    "hours": "hours",
    "duration": None,
    "seconds": "seconds",
}
"""Columns with durations, the surest first, and the unit of bare numbers in them."""
NOTE_LENGTH = 200
_LONGEST = 24 * 3600


@dataclass(frozen=True)
class SheetRow:
    """Hours of a row: `day` is the date with its day before the month, `month_first` the other one that it may be.
    `names` are the words that may name an item, the surest first."""

    line: int
    day: date
    minutes: int
    names: tuple[str, ...] = ()
    note: str | None = None
    month_first: date | None = None


@dataclass(frozen=True)
class Problem:
    """A line that was not understood: no "day", "which day" of two, no "duration", "no time" (less than a minute), or
    "too long" (more than a day); with what its cell says."""

    line: int
    why: WhyNot
    cell: str


@dataclass(frozen=True)
class Sheet:
    """What was read. Where days may be months and nothing in the file tells, rows have two dates."""

    rows: tuple[SheetRow, ...]
    problems: tuple[Problem, ...]

    @property
    def unsure(self) -> SheetRow | None:
        """The first row whose date can be read in two ways."""
        return next((row for row in self.rows if row.month_first), None)


class _Columns:
    """Where the columns of a table are."""

    def __init__(self, header: Sequence[str], known: Mapping[str, Column]) -> None:
        self.places: dict[Column, list[int]] = {}
        for place, name in enumerate(header):
            column = known.get(" ".join(name.casefold().split()))
            if column:
                self.places.setdefault(column, []).append(place)

    def at(self, column: Column) -> int | None:
        """The first column of a kind."""
        places = self.places.get(column)
        return places[0] if places else None

    @property
    def day(self) -> int | None:
        """The column with the day; else that of the begin, which may have the day, too."""
        return self.at("day") if "day" in self.places else self.at("begin")

    @property
    def enough(self) -> bool:
        """Whether there are days and durations."""
        durations = any(column in self.places for column in _DURATIONS) or {"begin", "end"} <= self.places.keys()
        return self.day is not None and durations


def read_sheet(content: bytes, today: date, own: Mapping[str, Column] | None = None) -> Sheet:
    """Read the hours out of a file; `own` are names of columns besides `COLUMNS`.

    Whether 03/04 is in March or April is told by other lines, and by what would lie ahead of `today`. Raises
    `bot.core.timesheet.table.Unreadable`.
    """
    known = {**COLUMNS, **(own or {})}
    table = read_table(content, lambda cells: _Columns(cells, known).enough)
    return _sheet(table, _Columns(table.header, known), today)


def _sheet(table: Table, columns: _Columns, today: date) -> Sheet:
    days = {row.line: _before(day_of(row.cell(columns.day)), today) for row in table.rows}
    orders = {
        "month" if day.day_first is None else "day"
        for day in days.values()
        if day and (day.day_first is None or day.month_first is None)
    }
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    for row in table.rows:
        day = days[row.line]
        read = _row(row, columns, day)
        if isinstance(read, SheetRow) and read.month_first and orders:
            if len(orders) > 1:
                read = Problem(row.line, "which day", row.cell(columns.day))
            else:
                read = _settled(read, month_first=orders == {"month"})
        if isinstance(read, Problem):
            problems.append(read)
        else:
            rows.append(read)
    return Sheet(tuple(rows), tuple(problems))


def _settled(row: SheetRow, *, month_first: bool) -> SheetRow:
    day = row.month_first if month_first and row.month_first else row.day
    return replace(row, day=day, month_first=None)


def month_first(sheet: Sheet) -> Sheet:
    """The sheet with the month before the day, where that was not known."""
    return replace(sheet, rows=tuple(_settled(row, month_first=True) for row in sheet.rows))


def day_first(sheet: Sheet) -> Sheet:
    """The sheet with the day before the month, where that was not known."""
    return replace(sheet, rows=tuple(_settled(row, month_first=False) for row in sheet.rows))


def _before(day: DayCell | None, today: date) -> DayCell | None:
    """Without the reading that lies ahead, where the other one does not."""
    if day is None or day.day_first is None or day.month_first is None:
        return day
    if day.day_first <= today < day.month_first:
        return replace(day, month_first=None)
    if day.month_first <= today < day.day_first:
        return replace(day, day_first=None)
    return day


def _row(row: TableRow, columns: _Columns, day: DayCell | None) -> SheetRow | Problem:
    first = (day.day_first or day.month_first) if day else None
    if day is None or first is None:
        return Problem(row.line, "day", row.cell(columns.day))
    cell, seconds = _duration(row, columns)
    if seconds is None:
        return Problem(row.line, "duration", cell)
    if seconds > _LONGEST:
        return Problem(row.line, "too long", cell)
    minutes = (seconds + 30) // 60
    if not minutes:
        return Problem(row.line, "no time", cell)
    item, note, task, project = (row.cell(columns.at(column)) for column in ("item", "note", "task", "project"))
    names = tuple(dict.fromkeys(filter(None, (item, task, note, project))))
    two = day.month_first if day.day_first and day.month_first != day.day_first else None
    words = " ".join("".join(c if c.isprintable() else " " for c in note or task or project).split())
    return SheetRow(row.line, first, minutes, names, words[:NOTE_LENGTH] or None, two)


def _duration(row: TableRow, columns: _Columns) -> tuple[str, int | None]:
    """The cell with the duration, and its seconds; from begin to end where there is none."""
    between = span(row.cell(columns.at("begin")), row.cell(columns.at("end")))
    shown = ""
    for column, unit in _DURATIONS.items():
        for place in columns.places.get(column, ()):
            cell = row.cell(place)
            shown = shown or cell
            seconds = seconds_of(cell, unit, between) if cell else None
            if seconds is not None:
                return cell, seconds
    return shown, None if shown else between
