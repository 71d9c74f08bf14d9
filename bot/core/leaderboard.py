"""A group's board: ranked by the share of one's own commitment, so that a busy life is no handicap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.core.calendar import monday_of
from bot.core.group import Studied

CAP = 120
"""A share counts up to this many percent: keeping going is rewarded, burning out is not."""
TOP = 10
"""Of a bigger group the first ten are shown, and whoever asks with their neighbours."""

Span = Literal["week", "month", "all"]
Order = Literal["share", "hours"]


@dataclass(frozen=True)
class Row:
    """A member's time. `share` is in percent of the own commitment, None while nothing is owed (a pause); `late`: some
    of it was entered long after its day."""

    rank: int
    name: str
    minutes: int
    share: int | None
    learner: int = 0
    late: bool = False


def days_of(span: Span, today: date, begun: Iterable[date]) -> tuple[date, date]:
    """The first and last day that a board is about; `begun` are the members' first days."""
    if span == "week":
        monday = monday_of(today)
        return monday, monday + timedelta(days=6)
    if span == "month":
        return today.replace(day=1), today
    return min(begun, default=today), today


def board(studied: Iterable[Studied], first: date, last: date, by: Order = "share") -> list[Row]:
    """Rank members who are shown for these days.

    By share, capped; equal shares share a rank and stand in the order of their names. Who owes nothing (a pause) and
    has logged nothing is not on the board; who studies without a commitment stands behind those with one, by hours.
    """
    meant = [(one, one.owed(first, last)) for one in studied]
    shown = [(one, _share(one.minutes, owed)) for one, owed in meant if one.minutes or (owed and one.owes(first, last))]
    keyed = sorted(((_key(one, share, by), one, share) for one, share in shown), key=lambda k: (k[0], _name(k[1])))
    rows: list[Row] = []
    for place, (key, one, share) in enumerate(keyed, start=1):
        same = place > 1 and keyed[place - 2][0] == key
        rank = rows[-1].rank if same else place
        rows.append(Row(rank, one.member.name, one.minutes, share, one.member.learner, one.late))
    return rows


def excerpt(rows: Sequence[Row], learner: int | None) -> list[Row | None]:
    """The first rows, and those around a learner; None stands for rows left out."""
    if len(rows) <= TOP + 2:
        return list(rows)
    mine = next((n for n, row in enumerate(rows) if row.learner == learner), None)
    near = range(max(TOP, mine - 1), min(len(rows), mine + 2)) if mine is not None else range(0)
    found: list[Row | None] = [*rows[:TOP]]
    found += [None] if near and near[0] > TOP else []
    found += [rows[n] for n in near]
    return found if near and near[-1] == len(rows) - 1 else [*found, None]


def _share(minutes: int, owed: int) -> int | None:
    return min(CAP, max(0, minutes) * 100 // owed) if owed else None


def _key(one: Studied, share: int | None, by: Order) -> tuple[int, int]:
    if by == "hours":
        return (0, -one.minutes)
    return (0, -share) if share is not None else (1, -one.minutes)


def _name(one: Studied) -> str:
    return one.member.name.casefold()
