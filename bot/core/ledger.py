"""The ledger of study entries: append-only, a correction is a reversing entry, every number is a sum over it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from bot.core.calendar import monday_of

DAY_LIMIT = 24 * 60
"""Minutes that fit in a day."""
TWIN_WINDOW = timedelta(minutes=1)
"""A second entry alike within this time is asked about: a double tap, or a message sent twice by hand."""

Kind = Literal["study", "done", "trim", "version", "reversal"]


class Entry(NamedTuple):
    """One line: `minutes` on `item` on the learner's local date `day`.

    kind "study": time spent. "done": the item was marked done early (0 minutes). "trim": it was left out of the plan
    (0 minutes). "version": from here on another version of the roadmap is followed, `item` names it (0 minutes).
    "reversal": takes back the entry `reverses`, with its minutes negated, once. (A named tuple: every command reads all
    of a learner's lines.)
    """

    id: int
    item: str
    day: date
    minutes: int
    kind: Kind
    recorded_at: datetime
    reverses: int | None = None
    note: str | None = None
    part_of: int | None = None
    """The first line of the same logging, for the further lines of hours that went to several items."""


@dataclass(frozen=True)
class Logging:
    """What was entered at once: one line, or several where the hours went to several items in order."""

    lines: tuple[Entry, ...]

    @property
    def id(self) -> int:
        """The id of its first line."""
        return self.lines[0].id

    @property
    def minutes(self) -> int:
        """All its minutes."""
        return sum(line.minutes for line in self.lines)


class Rejected(Exception):
    """The ledger does not take this entry. The subclasses say why."""


class TooMuchInADay(Rejected):
    """More than 24 hours on one day. `already` is what the day holds so far, in minutes."""

    def __init__(self, already: int) -> None:
        super().__init__(already)
        self.already = already


class InTheFuture(Rejected):
    """A day that has not come yet."""


class BeforeTheStart(Rejected):
    """A day before the learner started."""


class AlreadyUndone(Rejected):
    """This entry was taken back before."""


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that count: neither reversals nor reversed, in the order of recording."""
    entries = list(entries)
    gone = {entry.reverses for entry in entries if entry.reverses is not None}
    return [entry for entry in entries if entry.kind != "reversal" and entry.id not in gone]


def versions(entries: Sequence[Entry]) -> list[str]:
    """The versions of the roadmap that were taken, in order."""
    if not any(entry.kind == "version" for entry in entries):
        return []
    return [entry.item for entry in standing(entries) if entry.kind == "version"]


def loggings(entries: Iterable[Entry]) -> list[Logging]:
    """What was entered at once, in the order of recording; reversals are no loggings."""
    together: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.kind != "reversal":
            together.setdefault(entry.part_of or entry.id, []).append(entry)
    return [Logging(tuple(lines)) for lines in together.values()]


def minutes_by_week(entries: Iterable[Entry]) -> dict[date, int]:
    """Minutes by the Monday of their week: a plain sum, reversals included."""
    sums: dict[date, int] = {}
    for entry in entries:
        monday = monday_of(entry.day)
        sums[monday] = sums.get(monday, 0) + entry.minutes
    return sums


def minutes_by_day(entries: Iterable[Entry]) -> dict[date, int]:
    """Minutes by local date: a plain sum, reversals included."""
    sums: dict[date, int] = {}
    for entry in entries:
        sums[entry.day] = sums.get(entry.day, 0) + entry.minutes
    return sums


def minutes_on(entries: Iterable[Entry], day: date) -> int:
    """Minutes of one local date."""
    return sum(entry.minutes for entry in entries if entry.day == day)


def check(entries: Sequence[Entry], *, minutes: int, day: date, start: date, today: date) -> None:
    """Raise `Rejected` unless `minutes` (positive) may be entered for `day`."""
    if day > today:
        raise InTheFuture
    if day < start:
        raise BeforeTheStart
    already = minutes_on(entries, day)
    if already + minutes > DAY_LIMIT:
        raise TooMuchInADay(already)


def stands(entries: Sequence[Entry], line: int | None) -> Logging | None:
    """The logging that begins with this line, where it counts."""
    return next((logging for logging in loggings(standing(entries)) if logging.id == line), None) if line else None


def twin(entries: Sequence[Entry], *, item: str | None, minutes: int, day: date, now: datetime) -> Logging | None:
    """A standing logging just like this one, recorded less than a minute ago. Without an item any item is alike."""
    for logging in reversed(loggings(standing(entries))):
        first = logging.lines[0]
        if now - first.recorded_at >= TWIN_WINDOW:
            return None
        alike = (logging.minutes, first.day, first.kind) == (minutes, day, "study")
        if alike and (item is None or {line.item for line in logging.lines} == {item}):
            return logging
    return None
