"""Boards of groups of any size, from sums, in one statement: only the rows that somebody is shown are read.

PostgreSQL and SQLite understand the same SQL but for the names of two functions, and for an order of text that
depends on the language if nobody says otherwise.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, TextClause, bindparam, text

from bot.core.ids import GroupId, LearnerId
from bot.core.leaderboard import CAP, TOP, Board, Order, Row

_MINUTES = """
    SELECT CASE WHEN count(*) = count(e.studied) THEN coalesce(sum(d.minutes), 0) END
    FROM enrollment e LEFT JOIN studied_day d ON d.enrollment = e.id AND d.day BETWEEN :first_day AND :last_day
    WHERE e.learner = m.learner"""
_ALL_MINUTES = """
    SELECT CASE WHEN count(*) = count(e.studied) THEN coalesce(sum(e.studied - CASE WHEN e.last_day > :last_day THEN
        (SELECT sum(d.minutes) FROM studied_day d WHERE d.enrollment = e.id AND d.day > :last_day) ELSE 0 END), 0) END
    FROM enrollment e WHERE e.learner = m.learner"""
_MEMBERS = """
    SELECT m.id, m.learner, coalesce(m.folded, '') {collated} AS folded, cast(({minutes}) AS integer) AS minutes,
        cast((SELECT (sum(s.committed * ({least}(s.until, :last) - {greatest}(s.since, :first) + 1)) + 3) / 7
        FROM owed_stretch s WHERE s.learner = m.learner AND s.since <= :last AND s.until >= :first) AS integer) AS owed
    FROM membership m WHERE m.study_group = :of AND m.left_at IS NULL AND m.shown <> 'hidden'"""
"""The visible members, each with minutes studied and owed; NULL where that has not been summed up yet."""
_ON_BOARD = """
    SELECT x.id, x.learner, x.folded, x.minutes,
        CASE WHEN x.owed > 0 THEN {least}({cap}, {greatest}(0, x.minutes) * 100 / x.owed) END AS share
    FROM counted x WHERE x.minutes <> 0 OR (x.owed > 0 AND EXISTS (SELECT 1 FROM owed_stretch s
        WHERE s.learner = x.learner AND s.since <= :last AND s.until >= :first AND s.owes = 1))"""
_KEYS = {
    "share": "CASE WHEN share IS NULL THEN 1 ELSE 0 END AS behind, -coalesce(share, minutes) AS score",
    "hours": "0 AS behind, -minutes AS score",
}
_BEGUN = """(SELECT min(s.until) + 1 FROM membership m JOIN owed_stretch s ON s.learner = m.learner AND s.since = 1
    WHERE m.study_group = :of AND m.left_at IS NULL AND m.shown <> 'hidden')"""
_RANKING = """
WITH counted AS MATERIALIZED ({members}),
keyed AS MATERIALIZED (SELECT k.*, {key} FROM ({on_board}) k),
own AS MATERIALIZED (SELECT * FROM keyed WHERE learner = :viewer),
before AS MATERIALIZED (SELECT k.* FROM keyed k, own o
    WHERE (k.behind, k.score, k.folded, k.id) < (o.behind, o.score, o.folded, o.id)
    ORDER BY k.behind DESC, k.score DESC, k.folded DESC, k.id DESC LIMIT 1),
after AS MATERIALIZED (SELECT k.* FROM keyed k, own o
    WHERE (k.behind, k.score, k.folded, k.id) > (o.behind, o.score, o.folded, o.id)
    ORDER BY k.behind, k.score, k.folded, k.id LIMIT 1),
near AS MATERIALIZED (
    SELECT -1 AS step, b.* FROM before b UNION ALL SELECT 0, o.* FROM own o UNION ALL SELECT 1, a.* FROM after a)
SELECT 'first' AS what, 0 AS step, f.id, f.learner, f.minutes, f.share, f.behind, f.score, 0 AS better
    FROM (SELECT * FROM keyed ORDER BY behind, score, folded, id LIMIT {top}) f
UNION ALL SELECT 'near', n.step, n.id, n.learner, n.minutes, n.share, n.behind, n.score,
    (SELECT count(*) FROM keyed k WHERE (k.behind, k.score) < (n.behind, n.score)) FROM near n
UNION ALL SELECT 'place', 0, 0, 0, 0, 0, 0, 0,
    (SELECT count(*) FROM keyed k, own o
    WHERE (k.behind, k.score, k.folded, k.id) < (o.behind, o.score, o.folded, o.id))
UNION ALL SELECT 'count', 0, 0, 0, 0, 0, 0, 0, (SELECT count(*) FROM keyed)
UNION ALL SELECT 'missing', 0, 0, 0, 0, 0, 0, 0,
    (SELECT count(*) FROM counted WHERE minutes IS NULL OR owed IS NULL)
UNION ALL SELECT 'begun', 0, 0, 0, 0, 0, 0, 0, {begun}"""
_SUM = "WITH counted AS ({members}) SELECT sum(minutes), count(*) - count(minutes + owed) FROM counted"
_MET = """WITH counted AS MATERIALIZED ({members})
SELECT (SELECT count(*) FROM counted WHERE owed > 0 AND minutes >= owed),
    (SELECT count(*) FROM counted WHERE minutes IS NULL OR owed IS NULL)"""
_WHO_MET = """WITH counted AS ({members}) SELECT id FROM counted WHERE owed > 0 AND minutes >= owed
ORDER BY folded, id LIMIT :most"""
_LATE = """SELECT e.learner FROM enrollment e JOIN studied_day d ON d.enrollment = e.id
WHERE e.learner IN :who AND d.late <> 0 AND d.day BETWEEN :first_day AND :last_day GROUP BY e.learner"""


class Ranking:
    """What a group's visible members studied from one day to another, both included; `first` None: from the beginning.

    Each answer is None if some of it has not been summed up yet.
    """

    def __init__(self, connection: Connection, group: GroupId, first: date | None, last: date) -> None:
        self._connection = connection
        since = first or date.min
        self._whole = first is None
        self._key = {"of": group, "first": since.toordinal(), "last": last.toordinal()}
        self._days = {"first_day": since, "last_day": last}

    def board(self, by: Order, viewer: LearnerId | None) -> tuple[Board, dict[int, int]] | None:
        """The board without names, and the ids of the memberships of its rows, by place."""
        template = _RANKING.replace("{key}", _KEYS[by]).replace("{begun}", _BEGUN if self._whole else "NULL")
        rows = self._connection.execute(self._statement(template), self._all({"viewer": viewer or 0})).all()
        facts = {row.what: row.better for row in rows if row.id == 0}
        if facts["missing"]:
            return None
        placed: dict[int, tuple[Any, int]] = {}
        first = [row for row in rows if row.what == "first"]
        for place, row in enumerate(first):
            tied = place and (first[place - 1].behind, first[place - 1].score) == (row.behind, row.score)
            placed[place] = row, placed[place - 1][1] if tied else place + 1
        near = [row for row in rows if row.what == "near"]
        placed |= {facts["place"] + row.step: (row, row.better + 1) for row in near}
        late = self._late([row.learner for row, _ in placed.values()])
        shown = {
            place: Row(rank, "", int(row.minutes), row.share, row.learner, row.learner in late)
            for place, (row, rank) in placed.items()
        }
        begun = facts["begun"]
        return Board(
            shown,
            facts["count"],
            facts["place"] if near else None,
            date.fromordinal(begun) if begun and begun <= date.max.toordinal() else None,
        ), {place: row.id for place, (row, _) in placed.items()}

    def together(self) -> int | None:
        """The minutes of all members together."""
        minutes, missing = self._connection.execute(self._statement(_SUM), self._all()).one()
        return None if missing else int(minutes or 0)

    def met(self) -> int | None:
        """How many members studied at least what they had committed to."""
        met, missing = self._connection.execute(self._statement(_MET), self._all()).one()
        return None if missing else int(met)

    def who_met(self, most: int) -> Sequence[int]:
        """The ids of the memberships of the first of them, by name."""
        return self._connection.execute(self._statement(_WHO_MET), self._all({"most": most})).scalars().all()

    def _late(self, learners: Sequence[LearnerId]) -> set[LearnerId]:
        statement = text(_LATE).bindparams(bindparam("who", expanding=True), *self._dates)
        return set(self._connection.execute(statement, {"who": learners, **self._days}).scalars())

    @property
    def _dates(self) -> list[Any]:
        return [bindparam(name, type_=Date()) for name in self._days]

    def _all(self, more: dict[str, Any] | None = None) -> dict[str, Any]:
        days = {"last_day": self._days["last_day"]} if self._whole else self._days
        return {**self._key, **days, **(more or {})}

    def _statement(self, template: str) -> TextClause:
        sqlite = self._connection.dialect.name == "sqlite"
        written = (
            template.replace("{members}", _MEMBERS)
            .replace("{on_board}", _ON_BOARD)
            .replace("{minutes}", _ALL_MINUTES if self._whole else _MINUTES)
            .replace("{least}", "min" if sqlite else "least")
            .replace("{greatest}", "max" if sqlite else "greatest")
            .replace("{collated}", "" if sqlite else 'COLLATE "C"')
            .replace("{cap}", str(CAP))
            .replace("{top}", str(TOP + 2))
        )
        dates = [date_ for date_ in self._dates if f":{date_.key}" in written]
        return text(written).bindparams(*dates)
