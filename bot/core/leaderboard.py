"""A group's board, ranked by the share of each member's own commitment, so that little time is no handicap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from bot.core.calendar import monday_of
from bot.core.group import Studied
from bot.core.ids import LearnerId
from bot.core.name import folded

CAP = 120
"""A share counts up to this many percent: keeping going is rewarded, burning out is not."""
TOP = 10
"""Of a bigger group the first ten are shown, and whoever asks with their neighbours."""

Span = Literal["week", "month", "all"]
Order = Literal["share", "hours"]


@dataclass(frozen=True)
class Row:
    """A member on the board. `share` is in percent of their commitment, None while nothing is owed (a pause); `late`
    tells whether some of it was entered long after its day."""

    rank: int
    name: str
    minutes: int
    share: int | None
    learner: LearnerId
    late: bool = False


class DaysCovered(NamedTuple):
    """The first and the last day that a board covers."""

    first: date
    last: date


def days_of(span: Span, today: date, begun: date | None = None) -> DaysCovered:
    """The first and last day that a board covers; `begun` is the first day on which a member began."""
    if span == "week":
        monday = monday_of(today)
        return DaysCovered(monday, monday + timedelta(days=6))
    if span == "month":
        return DaysCovered(today.replace(day=1), today)
    return DaysCovered(begun or today, today)


def board(studied: Iterable[Studied], first: date, last: date, by: Order = "share") -> list[Row]:
    """Rank the visible members by their minutes on these days.

    By share, capped; equal shares have the same rank and are listed by name. Members who owe nothing (a pause) and
    have logged nothing are left out; those who studied without a commitment come after the others, by hours.
    """
    meant = [(result, result.owed(first, last)) for result in studied]
    shown = [
        (result, _share(result.minutes, owed))
        for result, owed in meant
        if result.minutes or (owed and result.owes(first, last))
    ]
    keyed = sorted(
        ((_key(result, share, by), result, share) for result, share in shown), key=lambda k: (k[0], _name(k[1]))
    )
    rows: list[Row] = []
    for place, (key, result, share) in enumerate(keyed, start=1):
        same = place > 1 and keyed[place - 2][0] == key
        rank = rows[-1].rank if same else place
        rows.append(Row(rank, result.member.name, result.minutes, share, result.member.learner, result.late))
    return rows


@dataclass(frozen=True)
class Board:
    """The rows of a board that somebody is shown, by their place (0 is the first), and the number of all rows.

    `own` is the place of whoever looks, None for anybody who is not on it; `begun` is the first day on which any member
    began, as far as known.
    """

    rows: Mapping[int, Row]
    count: int
    own: int | None = None
    begun: date | None = None

    @property
    def shown(self) -> list[Row | None]:
        """The first rows, and those around whoever looks; None marks a gap."""
        if self.count <= TOP + 2:
            return [self.rows[n] for n in range(self.count)]
        near = range(max(TOP, self.own - 1), min(self.count, self.own + 2)) if self.own is not None else range(0)
        shown_rows: list[Row | None] = [self.rows[n] for n in range(TOP)]
        shown_rows += [None] if near and near[0] > TOP else []
        shown_rows += [self.rows[n] for n in near]
        return shown_rows if near and near[-1] == self.count - 1 else [*shown_rows, None]


def whole(rows: Sequence[Row], learner: LearnerId | None, begun: date | None = None) -> Board:
    """A board of which all rows are known, for a learner or for nobody."""
    own = next((n for n, row in enumerate(rows) if row.learner == learner), None)
    return Board(dict(enumerate(rows)), len(rows), own, begun)


def _share(minutes: int, owed: int) -> int | None:
    return min(CAP, max(0, minutes) * 100 // owed) if owed else None


def _key(result: Studied, share: int | None, by: Order) -> tuple[int, int]:
    if by == "hours":
        return (0, -result.minutes)
    return (0, -share) if share is not None else (1, -result.minutes)


def _name(result: Studied) -> str:
    return folded(result.member.name)
