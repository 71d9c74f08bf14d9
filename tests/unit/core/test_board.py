"""The board ranks by the share of one's own commitment, so that a busy life is no handicap."""

import pytest

from bot.core.leaderboard import CAP, Row, board


def test_shares_rank_not_hours() -> None:
    assert board([("Ada", 300, 600), ("Ben", 120, 120)]) == [Row(1, "Ben", 120, 100), Row(2, "Ada", 300, 50)]


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
    assert board([("Ada", minutes, 240)]) == [Row(1, "Ada", minutes, share)]


def test_the_cap_is_120_percent() -> None:
    assert CAP == 120


def test_beyond_the_cap_nobody_is_ahead() -> None:
    assert board([("Ben", 600, 240), ("Ada", 288, 240)]) == [Row(1, "Ada", 288, 120), Row(1, "Ben", 600, 120)]


def test_equal_shares_share_a_rank_and_the_next_place_is_counted_on() -> None:
    rows = board([("Dan", 60, 240), ("cem", 120, 240), ("Ben", 240, 480), ("Ada", 240, 240), ("Eva", 60, 240)])
    assert [(row.rank, row.name) for row in rows] == [(1, "Ada"), (2, "Ben"), (2, "cem"), (4, "Dan"), (4, "Eva")]


def test_three_may_share_a_rank() -> None:
    rows = board([("c", 10, 100), ("B", 10, 100), ("a", 10, 100), ("d", 9, 100)])
    assert [(row.rank, row.name) for row in rows] == [(1, "a"), (1, "B"), (1, "c"), (4, "d")]


def test_who_is_in_a_pause_and_studies_all_the_same_stands_behind_by_hours() -> None:
    rows = board([("Eva", 30, 0), ("Dan", 600, 0), ("Ada", 0, 240), ("Cem", 30, 0), ("Ben", 31, 0)])
    assert rows == [
        Row(1, "Ada", 0, 0),
        Row(2, "Dan", 600, None),
        Row(3, "Ben", 31, None),
        Row(4, "Cem", 30, None),
        Row(4, "Eva", 30, None),
    ]


def test_who_is_in_a_pause_and_studied_nothing_is_not_on_the_board() -> None:
    assert board([("Ada", 0, 0), ("Ben", 1, 0)]) == [Row(1, "Ben", 1, None)]
    assert board([]) == []


def test_who_owes_and_studied_nothing_is_on_it() -> None:
    assert board([("Ada", 0, 1)]) == [Row(1, "Ada", 0, 0)]
