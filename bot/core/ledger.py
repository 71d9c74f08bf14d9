"""The ledger of study entries. It is append-only: a correction is a reversing entry, and every total is a sum over
it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from bot.core.ids import EntryId

DAY_LIMIT = 24 * 60
"""Minutes that fit in a day."""
TWIN_WINDOW = timedelta(minutes=1)
"""A second entry alike within this time is asked about: a double tap, or a message sent twice by hand."""

UNUSUAL = 12 * 60
"""More minutes than this at once are asked about: the longest Saturday of a serious learner fits in, a slip of the pen
(1000 for 100, 25 h for 2.5 h) does not."""
LITTLE = 3 * 60
"""So many minutes are never unusual, however short the days were so far."""
KNOWN_DAYS = 3
"""Days with entries after which a learner's own measure counts: more than three times the longest of them."""

Kind = Literal["study", "done", "trim", "version", "reversal", "again", "first"]


class Entry(NamedTuple):
    """One line: `minutes` on `item` on the learner's local date `day`.

    kind "study": time spent. "done": the item was marked done early (0 minutes). "trim": it was left out of the plan
    (0 minutes). "version": from here on another version of the roadmap is followed, `item` names it (0 minutes).
    "again": from here on the roadmap is begun anew, in the version that `item` names; "first": from here on the module
    that `item` names comes before the others (both 0 minutes). "reversal": takes back the entry `reverses`, with its
    minutes negated, once. Taken back itself, by another reversal with the minutes as they were, the first entry counts
    again: put back. (A named tuple: every command reads all of a learner's lines.)
    """

    id: EntryId
    item: str
    day: date
    minutes: int
    kind: Kind
    recorded_at: datetime
    reverses: EntryId | None = None
    note: str | None = None
    part_of: EntryId | None = None
    """The first line of the same logging, for the further lines of hours that went to several items."""
    moves: EntryId | None = None
    """The first entry of the logging that this one replaces: the same hours on another item or day. It keeps
    that one's place in the order and the instant at which that one was recorded."""


class NewLine(NamedTuple):
    """A line that is about to be added; its columns are those of `Entry`."""

    item: str
    day: date
    minutes: int
    kind: Kind
    note: str | None = None
    reverses: EntryId | None = None


@dataclass(frozen=True)
class Logging:
    """What was entered at once: one entry, or several if the minutes went to several items in order."""

    lines: tuple[Entry, ...]

    @property
    def id(self) -> EntryId:
        """The id of its first entry."""
        return self.lines[0].id

    @property
    def minutes(self) -> int:
        """All its minutes."""
        return sum(line.minutes for line in self.lines)

    @property
    def moves(self) -> EntryId | None:
        """The id of the logging that it replaces; None if it replaces none."""
        return self.lines[0].moves

    @property
    def days(self) -> list[date]:
        """The days of its entries, in order; several where hours were brought in from a file."""
        return sorted({line.day for line in self.lines})

    @property
    def from_file(self) -> bool:
        """Whether it holds entries that were brought in together: of several days, or each with a note of its own."""
        return len(self.days) > 1 or any(line.note for line in self.lines[1:])


class Rejected(Exception):
    """The ledger does not take this entry. The subclasses say why."""


class TooMuchInADay(Rejected):
    """More than 24 hours on one day. `already` is what the day holds so far, in minutes; `day` and `minutes` are those
    that were refused, where several were to be entered."""

    def __init__(self, already: int, day: date | None = None, minutes: int = 0) -> None:
        super().__init__(already)
        self.already = already
        self.day = day
        self.minutes = minutes


class InTheFuture(Rejected):
    """A day that has not come yet."""


class BeforeTheStart(Rejected):
    """A day before the learner started."""


class AlreadyUndone(Rejected):
    """This entry was reversed before."""


def reversed_by(lines: Iterable[tuple[EntryId, EntryId | None]]) -> set[EntryId]:
    """The ids of reversed entries, from pairs of (id, id it reverses). A reversal that is itself reversed has no
    effect."""
    taken_back: set[EntryId] = set()
    # A reversal is always recorded after what it reverses, so that its own fate is known first.
    for id_, reverses in sorted(lines, reverse=True, key=lambda line: line[0]):
        if reverses is not None and id_ not in taken_back:
            taken_back.add(reverses)
    return taken_back


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that count, in the order of recording: no reversals, and nothing that was reversed.

    An entry that was moved to another item or day keeps its place in that order.
    """
    entries = list(entries)
    taken_back = reversed_by((entry.id, entry.reverses) for entry in entries if entry.reverses is not None)
    counting = [entry for entry in entries if entry.kind != "reversal" and entry.id not in taken_back]
    if any(entry.moves for entry in counting):
        origin, place = origins(entries), {entry.id: n for n, entry in enumerate(entries)}
        counting.sort(key=lambda entry: place.get(origin.get(entry.part_of or entry.id, entry.id), place[entry.id]))
    return counting


def origins(entries: Iterable[Entry]) -> dict[EntryId, EntryId]:
    """For each logging that replaces another one: the id of the first one, by its own id."""
    origin: dict[EntryId, EntryId] = {}
    for entry in entries:
        if entry.moves is not None and entry.part_of is None:
            origin[entry.id] = origin.get(entry.moves, entry.moves)
    return origin


def last_reversals(entries: Iterable[Entry]) -> dict[EntryId, EntryId]:
    """By the id of each entry: the id that a further reversal must name, which is the entry's own or that of its
    last reversal."""
    first: dict[EntryId, EntryId] = {}
    last: dict[EntryId, EntryId] = {}
    for entry in entries:
        line = first[entry.id] = first.get(entry.reverses, entry.reverses) if entry.reverses is not None else entry.id
        last[line] = entry.id
    return last


_FOLLOWS = frozenset({"version", "again"})
"""Kinds whose item names a version of the roadmap."""


def versions(entries: Sequence[Entry]) -> list[str]:
    """The versions of the roadmap that were taken, in order."""
    if not any(entry.kind in _FOLLOWS for entry in entries):
        return []
    return [entry.item for entry in effective(entries) if entry.kind in _FOLLOWS]


def loggings(entries: Iterable[Entry]) -> list[Logging]:
    """Entries grouped by what was entered at once, in the order of recording, without reversals."""
    together: dict[EntryId, list[Entry]] = {}
    for entry in entries:
        if entry.kind != "reversal":
            together.setdefault(entry.part_of or entry.id, []).append(entry)
    return [Logging(tuple(lines)) for lines in together.values()]


def versions_of(entries: Sequence[Entry], logging: EntryId) -> list[Logging]:
    """What one logging has been, from the original to its last move; `logging` is the id of any of them."""
    origin = origins(entries)
    first = origin.get(logging, logging)
    return [candidate for candidate in loggings(entries) if origin.get(candidate.id, candidate.id) == first]


class Remembered(NamedTuple):
    """A logging as the history shows it, and whether it counts."""

    logging: Logging
    counts: bool


def history(entries: Sequence[Entry]) -> dict[EntryId, Remembered]:
    """Every logging once, in the order of recording, by the id of its original: in its present form (or the last that
    counted), and whether it counts."""
    origin, last = origins(entries), last_reversals(entries)
    counting = {entry.id for entry in effective(entries)}
    shown: dict[EntryId, Logging] = {}
    for logging in loggings(entries):
        first = origin.get(logging.id, logging.id)
        before = shown.get(first)
        if (
            before is None
            or logging.id in counting
            or (before.id not in counting and last[before.id] < last[logging.id])
        ):
            shown[first] = logging
    return {first: Remembered(logging, logging.id in counting) for first, logging in shown.items()}


def minutes_by_day(entries: Iterable[Entry]) -> dict[date, int]:
    """Minutes by local date, reversals included."""
    sums: dict[date, int] = {}
    for entry in entries:
        sums[entry.day] = sums.get(entry.day, 0) + entry.minutes
    return sums


def minutes_on(entries: Iterable[Entry], day: date) -> int:
    """Minutes on one local date, reversals included."""
    return sum(entry.minutes for entry in entries if entry.day == day)


def check(already: int, *, minutes: int, day: date, start: date, today: date) -> None:
    """Raise `Rejected` unless `minutes` (not negative) may be entered for `day`, which has `already` so many."""
    if day > today:
        raise InTheFuture
    if day < start:
        raise BeforeTheStart
    if already + minutes > DAY_LIMIT:
        raise TooMuchInADay(already)


def unusual(minutes: int, by_day: Callable[[], Mapping[date, int]]) -> bool:
    """Whether an amount is probably a typing error.

    More than `UNUSUAL`; or, from the fourth day with entries on, more than three times the longest day so far and
    more than `LITTLE`.
    """
    if minutes > UNUSUAL or minutes <= LITTLE:
        return minutes > UNUSUAL
    studied = [total for total in by_day().values() if total > 0]
    return len(studied) >= KNOWN_DAYS and minutes > 3 * max(studied)


def in_force(entries: Sequence[Entry], line: EntryId | None) -> Logging | None:
    """The logging that begins with this entry, or what it was moved to; None if neither counts."""
    if line is None:
        return None
    counting = {entry.id for entry in effective(entries)}
    return next((logging for logging in versions_of(entries, line) if logging.id in counting), None)


def twin(counting: Sequence[Entry], *, item: str | None, minutes: int, day: date, now: datetime) -> Logging | None:
    """A logging that equals this one, recorded less than a minute ago; without an item any item matches.

    `counting` are the entries that count, at least those of that minute.
    """
    for logging in reversed(loggings(counting)):
        first = logging.lines[0]
        if now - first.recorded_at >= TWIN_WINDOW:
            return None
        alike = (logging.minutes, first.day, first.kind) == (minutes, day, "study")
        if alike and (item is None or {line.item for line in logging.lines} == {item}):
            return logging
    return None
