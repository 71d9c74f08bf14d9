"""A CSV file as rows of cells, whatever wrote it: any bytes are read in bounded time, or refused with the reason."""

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import Literal

MOST_ROWS = 2000
"""Rows of a file: three years of two entries a day. A longer file is sent in parts."""
DELIMITERS = (",", ";", "\t")
_HEADER_WITHIN = 10
"""Rows before the header, such as a report's title."""
_DEFUSED = ("=", "+", "-", "@", "\t", "\r", "'")

Why = Literal["empty", "no text", "quotes", "long", "columns"]


class Unreadable(Exception):
    """No hours can be read from the file.

    `why`: "empty", "no text" (a picture, a workbook), "quotes" (a cell without an end, or too long), "long" (more than
    `MOST_ROWS` rows), "columns" (no column with days or with durations; `detail` is the first row).
    """

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail


@dataclass(frozen=True)
class TableRow:
    """The cells of a row, and the number of its first line in the file, from 1."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """A cell without blanks around it; empty where the row has none."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """A header and the rows below it, without those that are empty."""

    header: tuple[str, ...]
    rows: Sequence[TableRow]


def read_table(content: bytes, is_header: Callable[[Sequence[str]], bool]) -> Table:
    """Read a file: UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs, whichever makes `is_header` true.

    Raises `Unreadable`.
    """
    text = _decoded(content)
    if not text.strip():
        raise Unreadable("empty")
    first: TableRow | None = None
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        for row in _first(rows):
            first = first or row
            if is_header(row.cells):
                return Table(row.cells, _at_most(rows))
    raise Unreadable("columns", ", ".join(first.cells)) if first else Unreadable("quotes")


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unreadable("no text")
    return text


def _rows(text: str, delimiter: str) -> Iterator[TableRow]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Unreadable("quotes") from None
        if cells is None:
            return
        row, before = TableRow(before + 1, tuple(map(_plain, cells))), reader.line_num
        if any(row.cells):
            yield row


def _first(rows: Iterator[TableRow]) -> Iterator[TableRow]:
    """The rows among which the header is; none behind one that cannot be read with this delimiter."""
    with suppress(Unreadable):
        yield from islice(rows, _HEADER_WITHIN)


def _at_most(rows: Iterator[TableRow]) -> list[TableRow]:
    first_rows: list[TableRow] = []
    for row in rows:
        if len(first_rows) == MOST_ROWS:
            raise Unreadable("long")
        first_rows.append(row)
    return first_rows


def _plain(cell: str) -> str:
    """The cell without blanks around it, and without the apostrophe that `defused` wrote."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_DEFUSED) else cell


def defused(cell: str) -> str:
    """Words of a person as a cell that no spreadsheet takes for a formula.

    An apostrophe goes before what begins like one (OWASP, "CSV Injection"); `read_table` takes it away again.
    """
    return f"'{cell}" if cell.startswith(_DEFUSED) else cell


def written(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Rows as a CSV file that Excel and LibreOffice open: with a byte order mark, lines end with CR and LF."""
    out = StringIO()
    out.write("\ufeff")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
