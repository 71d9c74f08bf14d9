"""What is left out of a plan is left out of both sides of a share: neither studied nor still to study."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.position import position
from bot.core.study import Study
from roadmap.model import Part, Retired, Roadmap
from tests.storage.oracle import GREEK, ITEMS

MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
WEEK = timedelta(days=7)
ALPHA, BETA, GAMMA, DELTA = (item.id for item in ITEMS)


def line(id_: int, item: str, minutes: int, kind: str = "study") -> Entry:
    return Entry(id_, item, MONDAY, minutes, kind, NOW)  # type: ignore[arg-type]


def back(id_: int, of: Entry) -> Entry:
    return Entry(EntryId(id_), of.item, of.day, -of.minutes, "reversal", NOW, reverses=of.id)


def study(*entries: Entry) -> Study:
    return Study(EnrollmentId(1), GREEK, MONDAY, Commitments((Commitment(MONDAY, 360),)), entries)


def test_it_is_no_part_of_the_whole() -> None:
    # 1,440 in all, 300 of them delta's.
    progress = study(line(1, ALPHA, 114), line(2, DELTA, 0, "trim")).position
    assert (progress.covered, progress.total, progress.left, progress.left_out, progress.percent) == (
        114,
        1140,
        1026,
        300,
        10,
    )
    assert (progress.left_of(DELTA), progress.left_out_of(DELTA), progress.left_out_of(ALPHA)) == (0, 300, 0)


def test_what_was_studied_of_it_stays_on_both_sides() -> None:
    progress = study(line(1, DELTA, 100), line(2, DELTA, 0, "trim")).position
    assert (progress.covered, progress.total, progress.left_out) == (100, 1240, 200)


def test_what_was_done_early_is_covered_and_not_left_out() -> None:
    progress = study(line(1, DELTA, 0, "done"), line(2, DELTA, 0, "trim")).position
    assert (progress.covered, progress.total, progress.left_out) == (300, 1440, 0)


def test_it_makes_up_for_what_is_open_and_puts_nobody_ahead() -> None:
    out = line(1, DELTA, 0, "trim")
    # Two weeks have owed 720, nothing is studied: 720 behind, 420 with 300 less to do.
    assert study().balance(MONDAY + 2 * WEEK) == -720
    assert study(out).balance(MONDAY + 2 * WEEK) == -420
    assert study(out).debt(MONDAY + 2 * WEEK) == 420
    assert study(out, line(2, ALPHA, 420)).balance(MONDAY + 2 * WEEK) == 0
    assert study(out, line(2, ALPHA, 720)).balance(MONDAY + 2 * WEEK) == 0
    assert study(out).balance(MONDAY) == 0


def test_a_module_is_left_out_when_nothing_of_it_is_left() -> None:
    every = [line(n, item.id, 0, "trim") for n, item in enumerate(ITEMS)]
    assert study(*every).modules_left_out == {"letters"}
    assert study(*every[1:]).modules_left_out == frozenset()
    assert study(line(9, ALPHA, 1), *every).modules_left_out == frozenset()
    assert study(*every).position.percent == 100


def test_in_a_newer_version_it_is_still_left_out() -> None:
    out = [line(1, DELTA, 100), line(2, DELTA, 0, "trim"), line(3, "2.0.0", 0, "version")]
    same = position(GREEK.parts, out, {"2.0.0": replace(GREEK, version="2.0.0")})
    assert (same.covered, same.total, same.left_out) == (100, 1240, 200)
    # Its heir is left out as well; where nothing takes its place, only what was studied stays.
    renamed = _without_delta(Part("epsilon", 4, 50, "Do it."), Retired(DELTA, "2.0.0", "epsilon"))
    progress = position(GREEK.parts, out, {"2.0.0": renamed})
    assert (progress.covered, progress.total, progress.left) == (100, 1140 + 100, 1140)
    gone = position(GREEK.parts, out, {"2.0.0": _without_delta(None, Retired(DELTA, "2.0.0"))})
    assert (gone.covered, gone.total, gone.left, gone.left_out) == (100, 1240, 1140, 0)


def _without_delta(heir: Part | None, retired: Retired) -> Roadmap:
    items = [item for item in ITEMS if item.id != DELTA]
    if heir:
        items.append(replace(ITEMS[0], id=heir.item, minutes=heir.minutes, parts=(heir,)))
    module = replace(GREEK.modules[0], items=tuple(items))
    return replace(GREEK, version="2.0.0", modules=(module,), retired=(retired,))


steps = st.lists(
    st.tuples(
        st.sampled_from([item.id for item in ITEMS]), st.integers(1, 400), st.sampled_from(["study", "done", "trim"])
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(steps, steps, st.sampled_from([item.id for item in ITEMS]))
def test_shares_lie_between_0_and_100_and_bringing_it_back_leaves_nothing_behind(
    before: list[tuple[str, int, str]], after: list[tuple[str, int, str]], item: str
) -> None:
    def lines(some: list[tuple[str, int, str]], first: int) -> list[Entry]:
        return [line(first + n, of, m if kind == "study" else 0, kind) for n, (of, m, kind) in enumerate(some)]

    earlier, later, out = lines(before, 1), lines(after, 101), line(100, item, 0, "trim")
    progress = study(*earlier, out, *later).position
    assert 0 <= progress.percent <= 100
    assert 0 <= progress.covered <= progress.total
    assert progress.covered + progress.left == progress.total
    assert progress.total + progress.left_out == sum(part.minutes for part in GREEK.parts)
    assert study(*earlier, out, *later, back(999, out)).position == study(*earlier, *later).position
    today = MONDAY + 3 * WEEK
    assert study(*earlier, out).balance(today) >= study(*earlier).balance(today)
