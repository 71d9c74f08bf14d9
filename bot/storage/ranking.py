"""Boards of groups of any size, from sums, in one statement: only the rows that somebody is shown are read.

PostgreSQL and SQLite understand the same SQL but for the names of two functions, and for an order of text that
depends on the language if nobody says otherwise.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
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
    SELECT m.id, m.learner, m.folded {collated} AS folded, cast(({minutes}) AS integer) AS minutes,
        cast((SELECT (sum(s.committed * ({least}(s.until, :last) - {greatest}(s.since, :first) + 1)) + 3) / 7
        FROM owed_stretch s WHERE s.learner = m.learner AND s.since <= :last AND s.until >= :first) AS integer) AS owed
    FROM membership m WHERE m.study_group = :of AND m.left_at IS NULL AND m.shown <> 'hidden'"""
"""The visible members, each with minutes studied and owed; NULL where that has not been summed up yet, or a name not
been folded by an older version of the program."""
_ON_BOARD = """
    SELECT x.id, x.learner, x.folded, x.minutes, x.owed,
        CASE WHEN x.owed > 0 THEN {least}({cap}, {greatest}(0, x.minutes) * 100 / x.owed) END AS share
    FROM ({members} {fence}) x WHERE x.minutes <> 0 OR x.minutes IS NULL OR x.owed IS NULL OR x.folded IS NULL
        OR (x.owed > 0 AND EXISTS (SELECT 1 FROM owed_stretch s
            WHERE s.learner = x.learner AND s.since <= :last AND s.until >= :first AND s.owes = 1)) {fence}"""
_FENCE = "LIMIT 1000000000"
"""Keeps both databases from computing what a subquery has computed again for each time it is named outside."""
_KEYS = {
    "share": "CASE WHEN share IS NULL THEN 1 ELSE 0 END AS behind, -coalesce(share, minutes) AS score",
    "hours": "0 AS behind, -minutes AS score",
}
_BEGUN = """(SELECT min(s.until) + 1 FROM membership m JOIN owed_stretch s ON s.learner = m.learner AND s.since = 1
    WHERE m.study_group = :of AND m.left_at IS NULL AND m.shown <> 'hidden')"""
_RANKING = """
WITH keyed AS MATERIALIZED (SELECT k.*, {key} FROM ({on_board}) k),
own AS MATERIALIZED (SELECT * FROM keyed WHERE learner = :viewer),
before AS MATERIALIZED (SELECT k.* FROM keyed k, own o
    WHERE (k.behind, k.score, k.folded, k.id) < (o.behind, o.score, o.folded, o.id)
    ORDER BY k.behind DESC, k.score DESC, k.folded DESC, k.id DESC LIMIT 1),
after AS MATERIALIZED (SELECT k.* FROM keyed k, own o
    WHERE (k.behind, k.score, k.folded, k.id) > (o.behind, o.score, o.folded, o.id)
    ORDER BY k.behind, k.score, k.folded, k.id LIMIT 1),
facts AS MATERIALIZED (SELECT count(*) AS members,
    count(CASE WHEN k.minutes IS NULL OR k.owed IS NULL OR k.folded IS NULL THEN 1 END) AS missing,
    count(CASE WHEN (k.behind, k.score, k.folded, k.id) < (o.behind, o.score, o.folded, o.id) THEN 1 END) AS place,
    count(CASE WHEN (k.behind, k.score) < (o.behind, o.score) THEN 1 END) AS better,
    count(CASE WHEN (k.behind, k.score) < (b.behind, b.score) THEN 1 END) AS better_before
    FROM keyed k LEFT JOIN own o ON 1 = 1 LEFT JOIN before b ON 1 = 1)
SELECT 'first' AS what, f.id, f.learner, f.minutes, f.share, f.behind, f.score, 0 AS better
    FROM (SELECT * FROM keyed ORDER BY behind, score, folded, id LIMIT {top}) f
UNION ALL SELECT 'before', b.id, b.learner, b.minutes, b.share, b.behind, b.score, facts.better_before
    FROM before b, facts
UNION ALL SELECT 'own', o.id, o.learner, o.minutes, o.share, o.behind, o.score, facts.better FROM own o, facts
UNION ALL SELECT 'after', a.id, a.learner, a.minutes, a.share, a.behind, a.score,
    CASE WHEN (a.behind, a.score) = (o.behind, o.score) THEN facts.better ELSE facts.place + 1 END
    FROM after a, own o, facts
UNION ALL SELECT 'place', 0, 0, 0, 0, 0, 0, place FROM facts
UNION ALL SELECT 'count', 0, 0, 0, 0, 0, 0, members FROM facts
UNION ALL SELECT 'missing', 0, 0, 0, 0, 0, 0, missing FROM facts
UNION ALL SELECT 'begun', 0, 0, 0, 0, 0, 0, {begun}"""
_STEPS = {"before": -1, "own": 0, "after": 1}
"""The rows around whoever looks, by how far from theirs they are."""
_SUM = "WITH counted AS ({members}) SELECT sum(minutes), count(*) - count(minutes + owed) FROM counted"
_MET = """WITH counted AS MATERIALIZED ({members})
SELECT (SELECT count(*) FROM counted WHERE owed > 0 AND minutes >= owed),
    (SELECT count(*) FROM counted WHERE minutes IS NULL OR owed IS NULL OR folded IS NULL)"""
_SOMEBODY_MET = "WITH counted AS ({members}) SELECT id FROM counted WHERE owed > 0 AND minutes >= owed LIMIT 1"
_WHO_MET = """WITH counted AS ({members}) SELECT id FROM counted WHERE owed > 0 AND minutes >= owed
ORDER BY folded, id LIMIT :most"""


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
        statement = self._statement(_RANKING.replace("{key}", _KEYS[by]))
        rows = self._connection.execute(statement, self._all({"viewer": viewer or 0})).all()
        facts = {row.what: row.better for row in rows if row.id == 0}
        if facts["missing"]:
            return None
        placed: dict[int, tuple[Any, int]] = {}
        first = [row for row in rows if row.what == "first"]
        for place, row in enumerate(first):
            tied = place and (first[place - 1].behind, first[place - 1].score) == (row.behind, row.score)
            placed[place] = row, placed[place - 1][1] if tied else place + 1
        near = [row for row in rows if row.what in _STEPS]
        placed |= {facts["place"] + _STEPS[row.what]: (row, row.better + 1) for row in near}
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

    def somebody_met(self) -> bool:
        """Whether a member is known who did; the first that is found is enough."""
        return self._connection.execute(self._statement(_SOMEBODY_MET), self._all()).first() is not None

    def who_met(self, most: int) -> Sequence[int]:
        """The ids of the memberships of the first of them, by name."""
        return self._connection.execute(self._statement(_WHO_MET), self._all({"most": most})).scalars().all()

    def _late(self, learners: Sequence[LearnerId]) -> set[LearnerId]:
        return set(self._connection.execute(_LATE, {"who": learners, **self._days}).scalars())

    def _all(self, more: dict[str, Any] | None = None) -> dict[str, Any]:
        days = {"last_day": self._days["last_day"]} if self._whole else self._days
        return {**self._key, **days, **(more or {})}

    def _statement(self, template: str) -> TextClause:
        return _statement(template, whole=self._whole, sqlite=self._connection.dialect.name == "sqlite")


@cache
def _statement(template: str, *, whole: bool, sqlite: bool) -> TextClause:
    written = (
        template.replace("{on_board}", _ON_BOARD)
        .replace("{members}", _MEMBERS)
        .replace("{fence}", _FENCE)
        .replace("{minutes}", _ALL_MINUTES if whole else _MINUTES)
        .replace("{begun}", _BEGUN if whole else "NULL")
        .replace("{least}", "min" if sqlite else "least")
        .replace("{greatest}", "max" if sqlite else "greatest")
        .replace("{collated}", "" if sqlite else 'COLLATE "C"')
        .replace("{cap}", str(CAP))
        .replace("{top}", str(TOP + 2))
    )
    return text(written).bindparams(*(_DATES[name] for name in _DATES if f":{name}" in written))


_DATES = {name: bindparam(name, type_=Date()) for name in ("first_day", "last_day")}
_LATE = text("""SELECT e.learner FROM enrollment e JOIN studied_day d ON d.enrollment = e.id
WHERE e.learner IN :who AND d.late <> 0 AND d.day BETWEEN :first_day AND :last_day GROUP BY e.learner""").bindparams(
    bindparam("who", expanding=True), *_DATES.values()
)
