"""Which hours of a file the ledger takes, and on which item each counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.ledger import DAY_LIMIT, Logging, NewLine
from bot.core.position import Share
from bot.core.timesheet.reading import SheetRow

LONG_DAY = 16 * 60
"""Minutes of a day beyond which it is named: sleep is needed, and a file may have hours twice."""


@dataclass(frozen=True)
class Intake:
    """Rows of a file by what becomes of them.

    `taken` go into the ledger. `double` look like being logged already: the same minutes on the same day. `ahead` are
    of days that have not come yet. `full`: the day would have more than 24 hours. `long` are days that have more than
    `LONG_DAY` with what is taken, with their minutes.
    """

    taken: tuple[SheetRow, ...]
    double: tuple[SheetRow, ...]
    ahead: tuple[SheetRow, ...]
    full: tuple[SheetRow, ...]
    long: Mapping[date, int]

    def before(self, start: date) -> tuple[SheetRow, ...]:
        """What is taken of days before the learner's start."""
        return tuple(row for row in self.taken if row.day < start)


def sift(
    rows: Iterable[SheetRow],
    counting: Sequence[Logging],
    by_day: Mapping[date, int],
    *,
    today: date,
    doubles: bool = False,
) -> Intake:
    """Sort out what of a file is taken. `counting` is what the ledger has, `by_day` its minutes; with `doubles` also
    what looks like being logged already."""
    logged = _Logged(counting)
    taken: list[SheetRow] = []
    double: list[SheetRow] = []
    ahead: list[SheetRow] = []
    full: list[SheetRow] = []
    totals = dict[date, int]()
    for row in sorted(rows, key=lambda row: (row.day, row.line)):
        total = totals.get(row.day, by_day.get(row.day, 0)) + row.minutes
        if row.day > today:
            ahead.append(row)
        elif not doubles and logged.has(row):
            double.append(row)
        elif total > DAY_LIMIT:
            full.append(row)
        else:
            taken.append(row)
            totals[row.day] = total
    long = {day: total for day, total in totals.items() if total > LONG_DAY}
    return Intake(tuple(taken), tuple(double), tuple(ahead), tuple(full), long)


class _Logged:
    """What is logged, by day: each entry serves for one row, as a whole or by its lines."""

    def __init__(self, counting: Sequence[Logging]) -> None:
        self._wholes: dict[tuple[date, int], list[Logging]] = {}
        self._lines: dict[tuple[date, int], list[int]] = {}
        self._used: set[int] = set()
        for logging in counting:
            if len({line.day for line in logging.lines}) == 1 and len(logging.lines) > 1:
                self._wholes.setdefault((logging.lines[0].day, logging.minutes), []).append(logging)
            for line in logging.lines:
                self._lines.setdefault((line.day, line.minutes), []).append(line.id)

    def has(self, row: SheetRow) -> bool:
        """Whether an entry of the row's minutes is on its day that no other row was found to be."""
        key = row.day, row.minutes
        for logging in self._wholes.get(key, ()):
            ids = {line.id for line in logging.lines}
            if not ids & self._used:
                self._used |= ids
                return True
        line = next((id_ for id_ in self._lines.get(key, ()) if id_ not in self._used), None)
        if line is not None:
            self._used.add(line)
        return line is not None


def named(row: SheetRow, item_of: Callable[[str], str | None]) -> tuple[str | None, str | None]:
    """The item that a row surely names, if any, and its note without that name."""
    for name in row.names:
        if item := item_of(name):
            return item, None if row.note == name else row.note
    return None, row.note


def lines_of(
    rows: Sequence[SheetRow],
    item_of: Callable[[str], str | None],
    in_order: Callable[[int], Sequence[Share]],
) -> list[NewLine]:
    """A line of the ledger for each row: on the item that it names, else on that which the plan has at its turn.

    `in_order` tells how so many minutes fill the plan; what of a row exceeds an item goes on in order by the ledger's
    own rule.
    """
    items = [named(row, item_of) for row in rows]
    unnamed = sum(row.minutes for row, (item, _) in zip(rows, items, strict=True) if item is None)
    shares = iter(in_order(unnamed)) if unnamed else iter(())
    current, left = "", 0
    lines: list[NewLine] = []
    for row, (item, note) in zip(rows, items, strict=True):
        line = NewLine(item or "", row.day, row.minutes, "study", note)
        if item is None:
            while left <= 0:
                current, share = next(shares)
                left += share
            line = line._replace(item=current)
            left -= row.minutes
        lines.append(line)
    return lines
