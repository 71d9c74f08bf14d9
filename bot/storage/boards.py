"""What a group's visible members have studied, for its boards and summaries."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, bindparam, select

from bot.core.calendar import DAY
from bot.core.group import MetWeeks, Studied
from bot.core.ids import GroupId, LearnerId
from bot.core.leaderboard import Board, Order, board, whole
from bot.core.name import distinct, folded
from bot.storage.groups import Groups, member_of
from bot.storage.ranking import Ranking
from bot.storage.studied import studied
from bot.storage.tables import membership

_FOLDED = select(membership.c.folded).where(membership.c.id.in_(bindparam("ids", expanding=True)))
_ALIKE = (
    select(membership)
    .where(membership.c.study_group == bindparam("of_group"), membership.c.left_at.is_(None))
    .where(membership.c.shown != "hidden", membership.c.folded.in_(bindparam("names", expanding=True)))
    .order_by(membership.c.id)
)
"""Some members, and whoever looks like one of them."""


class Boards:
    """See `bot.ports.boards.Boards`. What has not been summed up yet is read from the entries themselves."""

    def __init__(self, connection: Connection, groups: Groups) -> None:
        self._connection = connection
        self._groups = groups

    def board(self, group: GroupId, first: date | None, last: date, by: Order, viewer: LearnerId | None) -> Board:
        """The board of the visible members from `first` (None: from the beginning) to `last`, both included."""
        self._groups.named.add(group)
        ranked = Ranking(self._connection, group, first, last).board(by, viewer)
        if ranked is None:
            studied_ = self._studied(group, first or date.min, last)
            begun = min((result.start for result in studied_ if result.start), default=None)
            first = first or begun or last
            return whole(board(studied_, first, last, by), viewer, begun)
        ranking, ids = ranked
        names = self._names(group, ids.values())
        rows = {place: replace(row, name=names[ids[place]]) for place, row in ranking.rows.items()}
        return replace(ranking, rows=rows)

    def together(self, group: GroupId, first: date, last: date) -> int:
        """The minutes of all visible members from `first` to `last`, both included."""
        minutes = Ranking(self._connection, group, first, last).together()
        return sum(result.minutes for result in self._studied(group, first, last)) if minutes is None else minutes

    def met(self, group: GroupId, monday: date, most: int) -> MetWeeks:
        """The visible members who studied in a week what they had committed to, at most `most` of them by name."""
        self._groups.named.add(group)
        ranking = Ranking(self._connection, group, monday, monday + 6 * DAY)
        count = ranking.met()
        if count is None:
            met = [
                result.member.name for result in self._studied(group, monday, monday + 6 * DAY) if result.met(monday)
            ]
            return MetWeeks(len(met), sorted(met, key=folded)[:most])
        names = self._names(group, ranking.who_met(most)) if count else {}
        return MetWeeks(count, list(names.values()))

    def somebody_met(self, group: GroupId, monday: date) -> bool:
        """Whether a visible member studied in a week what they had committed to."""
        known = Ranking(self._connection, group, monday, monday + 6 * DAY).somebody_met()
        return known or self.met(group, monday, 0).members > 0

    def _names(self, group: GroupId, memberships: Iterable[int]) -> dict[int, str]:
        """The names of some members as they are shown, by the ids of their memberships, in the order of these."""
        ids = list(memberships)
        folded_names = self._connection.execute(_FOLDED, {"ids": ids}).scalars().all()
        rows = self._connection.execute(_ALIKE, {"of_group": group, "names": folded_names})
        members = {row.id: member_of(row).name for row in rows}
        # Two who looked alike before names were compared as they look.
        names = dict(zip(members, distinct(list(members.values())), strict=True))
        return {id_: names[id_] for id_ in ids}

    def _studied(self, group: GroupId, first: date, last: date) -> Sequence[Studied]:
        """The hours of each visible member from their entries."""
        shown = [member for member in self._groups.members(group) if not member.hidden]
        return studied(self._connection, shown, first, last)
