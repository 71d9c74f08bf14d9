"""The board ranks by the share of one's own commitment, so that a busy life is no handicap."""

from datetime import date

import pytest

from bot.core.commitment import Commitment, Commitments
from bot.core.group import Member, Studied
from bot.core.ids import LearnerId
from bot.core.leaderboard import CAP, Order, Row, days_of, whole
from bot.core.leaderboard import board as ranked

MONDAY, SUNDAY = date(2026, 1, 5), date(2026, 1, 11)


def studied(name: str, minutes: int, owed: int, *, late: bool = False) -> Studied:
    meant = Commitments((Commitment(MONDAY, owed),) if owed else ())
    return Studied(Member(LearnerId(0), name), minutes, (meant,), late)


def row(rank: int, name: str, minutes: int, share: int | None, *, late: bool = False) -> Row:
    return Row(rank, name, minutes, share, LearnerId(0), late)


def board(weeks: list[tuple[str, int, int]], by: Order = "share") -> list[Row]:
    return ranked([studied(*week) for week in weeks], MONDAY, SUNDAY, by)


def test_shares_rank_not_hours() -> None:
    assert board([("Ada", 300, 600), ("Ben", 120, 120)]) == [row(1, "Ben", 120, 100), row(2, "Ada", 300, 50)]


@pytest.mark.parametrize(
    ("minutes", "share"),
    [
        (0, 0),
        (1, 0),
        (2, 0),
        (3, 1),
        (4, 1),
        (5, 2),
        (239, 99),
        (240, 100),
        (287, 119),
        (288, 120),
        (289, 120),
        (2400, 120),
    ],
)
def test_a_share_is_in_whole_percent_and_capped(minutes: int, share: int) -> None:
    assert board([("Ada", minutes, 240)]) == [row(1, "Ada", minutes, share)]


def test_the_cap_is_120_percent() -> None:
    assert CAP == 120


def test_beyond_the_cap_nobody_is_ahead() -> None:
    assert board([("Ben", 600, 240), ("Ada", 288, 240)]) == [row(1, "Ada", 288, 120), row(1, "Ben", 600, 120)]


def test_equal_shares_share_a_rank_and_the_next_place_is_counted_on() -> None:
    rows = board([("Dan", 60, 240), ("cem", 120, 240), ("Ben", 240, 480), ("Ada", 240, 240), ("Eva", 60, 240)])
    assert [(row.rank, row.name) for row in rows] == [(1, "Ada"), (2, "Ben"), (2, "cem"), (4, "Dan"), (4, "Eva")]


def test_three_may_share_a_rank() -> None:
    rows = board([("c", 10, 100), ("B", 10, 100), ("a", 10, 100), ("d", 9, 100)])
    assert [(row.rank, row.name) for row in rows] == [(1, "a"), (1, "B"), (1, "c"), (4, "d")]


def test_who_is_in_a_pause_and_studies_all_the_same_stands_behind_by_hours() -> None:
    rows = board([("Eva", 30, 0), ("Dan", 600, 0), ("Ada", 0, 240), ("Cem", 30, 0), ("Ben", 31, 0)])
    assert rows == [
        row(1, "Ada", 0, 0),
        row(2, "Dan", 600, None),
        row(3, "Ben", 31, None),
        row(4, "Cem", 30, None),
        row(4, "Eva", 30, None),
    ]


def test_who_is_in_a_pause_and_studied_nothing_is_not_on_the_board() -> None:
    assert board([("Ada", 0, 0), ("Ben", 1, 0)]) == [row(1, "Ben", 1, None)]
    assert board([]) == []


def test_who_owes_and_studied_nothing_is_on_it() -> None:
    assert board([("Ada", 0, 1)]) == [row(1, "Ada", 0, 0)]


def test_by_hours_the_most_hours_stand_first() -> None:
    rows = board([("Ada", 60, 60), ("Ben", 120, 600), ("Cem", 120, 240), ("Dan", 0, 240)], "hours")
    assert [(row.rank, row.name) for row in rows] == [(1, "Ben"), (1, "Cem"), (3, "Ada"), (4, "Dan")]


def test_what_was_entered_late_is_marked() -> None:
    rows = ranked([studied("Ada", 60, 60, late=True), studied("Ben", 30, 60)], MONDAY, SUNDAY)
    assert [row.late for row in rows] == [True, False]


def test_a_month_owes_a_seventh_of_a_week_for_each_of_its_days() -> None:
    month = date(2026, 1, 1), date(2026, 1, 31)
    # 27 of its days have a commitment of 70 minutes a week.
    assert studied("Ada", 0, 70).owed(*month) == 270


def test_of_two_roadmaps_each_day_owes_what_was_meant_on_it() -> None:
    thursday = date(2026, 1, 8)
    left = Commitments((Commitment(MONDAY, 700), Commitment(thursday, 0)))
    taken = Commitments((Commitment(thursday, 140),))
    ada = Studied(Member(LearnerId(0), "Ada"), 300, (left, taken))
    assert ada.owed(MONDAY, SUNDAY) == 300 + 80
    assert ada.owed(date(2026, 1, 12), date(2026, 1, 18)) == 140
    assert ada.start == MONDAY


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ("week", (date(2026, 1, 12), date(2026, 1, 18))),
        ("month", (date(2026, 1, 1), date(2026, 1, 14))),
        ("all", (MONDAY, date(2026, 1, 14))),
    ],
)
def test_a_span_has_its_days(span: str, days: tuple[date, date]) -> None:
    assert days_of(span, date(2026, 1, 14), MONDAY) == days  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "me", "places"),
    [
        (12, None, [*range(12)]),
        (13, None, [*range(10), None]),
        (40, 3, [*range(10), None]),
        (40, 10, [*range(10), 10, 11, None]),
        (40, 11, [*range(10), 10, 11, 12, None]),
        (40, 20, [*range(10), None, 19, 20, 21, None]),
        (40, 39, [*range(10), None, 38, 39]),
    ],
)
def test_of_a_big_group_the_top_and_ones_neighbours_are_shown(
    size: int, me: LearnerId | None, places: list[int | None]
) -> None:
    rows = [Row(n + 1, f"n{n}", 0, 0, learner=LearnerId(n)) for n in range(size)]
    assert [row.learner if row else None for row in whole(rows, me).shown] == places
