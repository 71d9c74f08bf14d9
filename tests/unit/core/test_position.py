"""Where the hours went: the item first, then the plan in order; done closes an item; nothing studied is lost."""

from datetime import UTC, date, datetime

import pytest

from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.position import Position, position
from roadmap.model import Part

A1, B1, A2, C2 = Part("a", 1, 60, "a1"), Part("b", 1, 30, "b1"), Part("a", 2, 40, "a2"), Part("c", 2, 20, "c2")
PLAN = (A1, B1, A2, C2)
TOTAL = 150


def at(*history: tuple[str, int] | str) -> Position:
    """The position after entries: (item, minutes) studied, "item" done, "-n" takes back the n-th entry."""
    entries: list[Entry] = []
    for id_, event in enumerate(history, start=1):
        if isinstance(event, tuple):
            item, minutes = event
            entries.append(_line(id_, item, minutes))
        elif event.startswith("-"):
            of = entries[int(event[1:]) - 1]
            entries.append(
                Entry(EntryId(id_), of.item, of.day, -of.minutes, "reversal", of.recorded_at, reverses=of.id),
            )
        else:
            entries.append(Entry(EntryId(id_), event, date(2026, 1, 5), 0, "done", _NOW))
    return position(PLAN, entries)


_NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def _line(id_: int, item: str, minutes: int) -> Entry:
    return Entry(EntryId(id_), item, date(2026, 1, 5), minutes, "study", _NOW)


def filled(progress: Position) -> list[int]:
    return [covered.minutes for covered in progress.parts]


@pytest.mark.parametrize(
    ("history", "minutes", "extra"),
    [
        ([], [0, 0, 0, 0], 0),
        ([("a", 59)], [59, 0, 0, 0], 0),
        ([("a", 60)], [60, 0, 0, 0], 0),
        # The item's next part comes before the plan's next part.
        ([("a", 61)], [60, 0, 1, 0], 0),
        ([("a", 100)], [60, 0, 40, 0], 0),
        # More than the item holds flows into the plan in order.
        ([("a", 101)], [60, 1, 40, 0], 0),
        ([("a", 131)], [60, 30, 40, 1], 0),
        ([("c", 25)], [5, 0, 0, 20], 0),
        ([("b", 40)], [10, 30, 0, 0], 0),
        ([("a", 150)], [60, 30, 40, 20], 0),
        ([("a", 151)], [60, 30, 40, 20], 1),
        ([("b", 200)], [60, 30, 40, 20], 50),
        # Entry by entry, as recorded.
        ([("c", 25), ("a", 60)], [60, 0, 5, 20], 0),
        ([("a", 60), ("c", 25)], [60, 5, 0, 20], 0),
        # Done: nothing more goes there, what is there stays.
        ([("a", 10), "a"], [10, 0, 0, 0], 0),
        (["a", ("a", 10)], [0, 10, 0, 0], 0),
        (["a", ("b", 31)], [0, 30, 0, 1], 0),
        (["a", "b", "c", ("a", 5)], [0, 0, 0, 0], 5),
        (["old", ("a", 5)], [5, 0, 0, 0], 0),
        # Taken back, as if it had never been.
        ([("a", 60), "-1"], [0, 0, 0, 0], 0),
        ([("b", 40), ("a", 60), "-1"], [60, 0, 0, 0], 0),
        (["a", ("a", 10), "-1"], [10, 0, 0, 0], 0),
    ],
)
def test_where_minutes_go(history: list[tuple[str, int] | str], minutes: list[int], extra: int) -> None:
    progress = at(*history)
    assert filled(progress) == minutes
    assert progress.extra == extra
    assert progress.credited == sum(minutes)


def test_a_part_asks_for_what_is_not_credited_and_for_nothing_once_done() -> None:
    progress = at(("a", 75), "b")
    assert [covered.left for covered in progress.parts] == [0, 0, 25, 20]
    assert [covered.done for covered in progress.parts] == [False, True, False, False]
    assert [covered.part for covered in progress.parts] == list(PLAN)


def test_done_closes_every_part_of_its_item() -> None:
    progress = at("a")
    assert [covered.done for covered in progress.parts] == [True, False, True, False]
    assert progress.left_of("a") == 0


@pytest.mark.parametrize(
    ("history", "part"),
    [
        ([], A1),
        ([("a", 59)], A1),
        ([("a", 60)], B1),
        ([("a", 100)], B1),
        (["a"], B1),
        (["a", "b"], C2),
        ([("a", 60), "b"], A2),
        ([("a", 150)], None),
        (["a", "b", "c"], None),
    ],
)
def test_the_current_part_is_the_first_with_something_left(history: list[tuple[str, int] | str], part: Part) -> None:
    progress = at(*history)
    assert (progress.current.part if progress.current else None) == part
    assert progress.finished is (part is None)


@pytest.mark.parametrize(
    ("history", "left", "credited"),
    [
        ([], 150, 0),
        ([("a", 75)], 75, 75),
        # Of "a" 25 minutes are saved.
        ([("a", 75), "a"], 50, 75),
        ([("a", 149)], 1, 149),
        ([("a", 500)], 0, 150),
        (["a", "b", "c"], 0, 0),
    ],
)
def test_what_is_left_and_what_is_covered_are_the_whole(
    history: list[tuple[str, int] | str], left: int, credited: int
) -> None:
    progress = at(*history)
    assert (progress.total, progress.left, progress.covered, progress.credited) == (TOTAL, left, TOTAL - left, credited)


def test_hours_on_what_the_plan_does_not_have_are_kept_beside_it_and_count_for_the_whole() -> None:
    progress = at(("old", 70), ("a", 10), ("old", 5))
    assert filled(progress) == [10, 0, 0, 0]
    assert [(kept.part.item, kept.minutes, kept.left) for kept in progress.kept] == [("old", 75, 0)]
    assert (progress.total, progress.left, progress.covered, progress.credited) == (TOTAL + 75, TOTAL - 10, 85, 85)


def test_what_is_left_of_an_item_is_in_all_its_parts() -> None:
    progress = at(("a", 75), ("b", 10))
    assert [progress.left_of(item) for item in ("a", "b", "c", "old")] == [25, 20, 20, 0]


@pytest.mark.parametrize(
    ("history", "minutes", "steps"),
    [
        ([], 0, []),
        ([], 1, [(A1, 1)]),
        ([], 60, [(A1, 60)]),
        ([], 61, [(A1, 60), (B1, 1)]),
        ([], 150, [(A1, 60), (B1, 30), (A2, 40), (C2, 20)]),
        ([], 151, [(A1, 60), (B1, 30), (A2, 40), (C2, 20)]),
        ([("b", 29)], 65, [(A1, 60), (B1, 1), (A2, 4)]),
        (["a"], 31, [(B1, 30), (C2, 1)]),
        ([("a", 150)], 60, []),
    ],
)
def test_what_comes_next_fills_the_minutes_in_order(
    history: list[tuple[str, int] | str], minutes: int, steps: list[tuple[Part, int]]
) -> None:
    assert at(*history).coming(minutes) == steps


@pytest.mark.parametrize(
    ("history", "minutes", "shares"),
    [
        ([], 0, []),
        ([], 60, [("a", 60)]),
        ([], 61, [("a", 60), ("b", 1)]),
        # Both parts of "a" in one line, in the place of the first.
        ([], 100, [("a", 70), ("b", 30)]),
        ([], 150, [("a", 100), ("b", 30), ("c", 20)]),
        # Beyond the end of the plan: the last item it went to.
        ([], 160, [("a", 100), ("b", 30), ("c", 30)]),
        (["c"], 140, [("a", 100), ("b", 40)]),
        # Nothing left at all: the plan's last item.
        ([("a", 150)], 25, [("c", 25)]),
    ],
)
def test_hours_without_a_name_are_shared_in_order(
    history: list[tuple[str, int] | str], minutes: int, shares: list[tuple[str, int]]
) -> None:
    assert at(*history).in_order(minutes) == shares
