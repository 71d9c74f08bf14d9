"""The board of a group's week: ranked by the share of one's own commitment, so that a busy life is no handicap."""

from collections.abc import Iterable
from dataclasses import dataclass

CAP = 120
"""A share counts up to this many percent: keeping going is rewarded, burning out is not."""


@dataclass(frozen=True)
class Row:
    """A member's week. `share` is in percent of the own commitment, None while nothing is owed (a pause)."""

    rank: int
    name: str
    minutes: int
    share: int | None


def board(weeks: Iterable[tuple[str, int, int]]) -> list[Row]:
    """Rank members given as (name, minutes logged, minutes owed this week).

    By share, capped; equal shares share a rank and stand in the order of their names. Who is in a pause and has logged
    nothing is not on the board; who studies all the same stands behind those with a commitment, by hours.
    """
    shown = [(name, minutes, _share(minutes, owed)) for name, minutes, owed in weeks if owed or minutes]
    shown.sort(key=lambda row: (_key(row), row[0].casefold()))
    rows: list[Row] = []
    for place, (name, minutes, share) in enumerate(shown, start=1):
        same = place > 1 and _key(shown[place - 2]) == _key((name, minutes, share))
        rows.append(Row(rows[-1].rank if same else place, name, minutes, share))
    return rows


def _share(minutes: int, owed: int) -> int | None:
    return min(CAP, minutes * 100 // owed) if owed else None


def _key(row: tuple[str, int, int | None]) -> tuple[int, int]:
    _, minutes, share = row
    return (0, -share) if share is not None else (1, -minutes)
