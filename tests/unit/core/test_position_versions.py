"""Another version of the roadmap: credit stays where it was, nothing vanishes, and all of it can still be reached."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.position import Position, position
from roadmap.model import Item, Module, Part, Retired, Roadmap
from tests.unit.core.test_position_invariants import ITEMS, ledgers, reversal, study

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def track(*parts: tuple[str, int], retired: dict[str, str | None] | None = None) -> Roadmap:
    """A roadmap of items in the order of their first parts, a part a week."""
    laid_out = [Part(item, week, minutes, "") for week, (item, minutes) in enumerate(parts, start=1)]
    items = tuple(
        Item(id_, "topic", id_, sum(p.minutes for p in laid_out if p.item == id_), own)
        for id_ in dict.fromkeys(part.item for part in laid_out)
        if (own := tuple(part for part in laid_out if part.item == id_))
    )
    gone = tuple(Retired(id_, "2.0.0", heir) for id_, heir in (retired or {}).items())
    whole = Module("m", "M", (1, len(parts)), 0, (), items)
    return Roadmap("r", "2.0.0", "R", "", "en", len(parts), 0, 0, (whole,), retired=gone)


def taken(id_: int) -> Entry:
    return Entry(EntryId(id_), "2.0.0", date(2026, 1, 5), 0, "version", NOW)


def done(id_: int, item: str) -> Entry:
    return Entry(EntryId(id_), item, date(2026, 1, 5), 0, "done", NOW)


def after(old: Roadmap, new: Roadmap, *entries: Entry) -> Position:
    return position(old.parts, [*entries, taken(90)], {"2.0.0": new})


OLD = track(("a", 60), ("b", 30), ("c", 20))


def test_credit_stays_with_its_item() -> None:
    # Of a's 80 minutes 20 went to b; a larger a does not call them back.
    progress = after(OLD, track(("b", 30), ("a", 90)), study(1, "a", 80))
    assert (progress.credited_to("a"), progress.credited_to("b")) == (60, 20)
    assert (progress.left, progress.total) == (40, 120)


def test_what_is_gone_is_kept_beside_the_plan() -> None:
    progress = after(OLD, track(("b", 30), ("c", 20)), study(1, "a", 45))
    assert (progress.credited_to("a"), progress.total, progress.covered, progress.left) == (45, 95, 45, 50)


def test_what_is_replaced_counts_for_its_heir_and_the_rest_is_kept() -> None:
    progress = after(OLD, track(("d", 40), ("c", 20), retired={"a": "d", "b": "d"}), study(1, "a", 75))
    assert (progress.credited_to("d"), progress.left_of("d")) == (75, 0)
    assert [(kept.part.item, kept.minutes) for kept in progress.kept] == [("d", 35)]
    assert (progress.total, progress.left) == (95, 20)


def test_done_stays_done_and_so_does_an_heir_of_nothing_but_done_items() -> None:
    grown = after(OLD, track(("a", 300), ("b", 30)), study(1, "a", 10), done(2, "a"))
    assert grown.left_of("a") == 0
    half = after(OLD, track(("d", 100), retired={"a": "d", "b": "d"}), done(1, "a"))
    assert half.left_of("d") == 100
    assert half.covered == 60
    whole = after(OLD, track(("d", 100), retired={"a": "d", "b": "d"}), done(1, "a"), done(2, "b"))
    assert whole.left_of("d") == 0


def test_what_comes_back_finds_its_hours_again() -> None:
    two, three = track(("b", 30)), track(("a", 60), ("b", 30))
    entries = [
        study(1, "a", 45),
        taken(2),
        study(3, "b", 10),
        Entry(EntryId(4), "3.0.0", date(2026, 1, 5), 0, "version", NOW),
    ]
    progress = position(OLD.parts, entries, {"2.0.0": two, "3.0.0": three})
    assert (progress.left_of("a"), progress.credited_to("a"), progress.kept) == (15, 45, ())


plans = st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(1, 120)), min_size=1, max_size=7).map(
    lambda parts: track(*parts)
)


@st.composite
def moves(draw: st.DrawFn) -> tuple[Roadmap, Roadmap]:
    old = draw(plans)
    parts = draw(st.lists(st.tuples(st.sampled_from(ITEMS + "ef"), st.integers(1, 120)), min_size=1, max_size=7))
    there = sorted({item for item, _ in parts})
    gone = [item for item in ITEMS + "x" if item not in there]
    return old, track(*parts, retired={item: draw(st.sampled_from([None, *there])) for item in gone})


def _heir(new: Roadmap, item: str) -> str:
    heirs = {retired.id: retired.replaced_by for retired in new.retired}
    return item if item in new.items else heirs.get(item) or item


@settings(max_examples=200, deadline=None)
@given(moves(), ledgers())
def test_no_minute_moves_or_vanishes_and_nothing_covered_is_lost(
    move: tuple[Roadmap, Roadmap], entries: list[Entry]
) -> None:
    old, new = move
    before, progress = position(old.parts, entries), after(old, new, *entries)
    credited: dict[str, int] = {}
    for item in ITEMS + "x":
        credited[_heir(new, item)] = credited.get(_heir(new, item), 0) + before.credited_to(item)
    assert {item: minutes for item, minutes in credited.items() if minutes} == {
        item: minutes for item in ITEMS + "xef" if (minutes := progress.credited_to(item))
    }
    assert progress.extra == before.extra
    assert progress.covered >= before.covered
    assert all(kept.left == 0 <= kept.minutes <= kept.part.minutes for kept in progress.kept)


@settings(max_examples=100, deadline=None)
@given(moves(), ledgers(), ledgers())
def test_all_of_it_stays_within_reach(move: tuple[Roadmap, Roadmap], entries: list[Entry], later: list[Entry]) -> None:
    old, new = move
    later = [
        entry._replace(
            id=EntryId(entry.id + 100), reverses=None if entry.reverses is None else EntryId(entry.reverses + 100)
        )
        for entry in later
    ]
    ledger = [*entries, taken(90), *later]
    progress = position(old.parts, ledger, {"2.0.0": new})
    rest = [study(300 + n, item, minutes) for n, (item, minutes) in enumerate(progress.in_order(progress.left))]
    end = position(old.parts, [*ledger, *rest], {"2.0.0": new})
    assert end.finished
    assert end.covered == end.total == progress.total
    assert end.extra == progress.extra


@settings(max_examples=100, deadline=None)
@given(moves(), ledgers())
def test_taking_it_back_restores_what_was(move: tuple[Roadmap, Roadmap], entries: list[Entry]) -> None:
    old, new = move
    back = [*entries, taken(90), reversal(91, taken(90))]
    assert position(old.parts, back, {"2.0.0": new}) == position(old.parts, entries)
