"""Whatever is entered: no minute is lost, none is counted twice, and taking back restores what was."""

from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import EntryId
from bot.core.ledger import Entry, effective
from bot.core.position import position
from roadmap.model import Part

ITEMS = "abcd"
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)

plans = st.lists(
    st.builds(Part, st.sampled_from(ITEMS), st.integers(1, 4), st.integers(1, 120), st.just("")), min_size=1, max_size=7
).map(lambda parts: tuple(sorted(parts, key=lambda part: part.week)))
items = st.sampled_from(ITEMS + "x")


def study(id_: int, item: str, minutes: int) -> Entry:
    return Entry(EntryId(id_), item, date(2026, 1, 5), minutes, "study", NOW)


def done(id_: int, item: str) -> Entry:
    return Entry(EntryId(id_), item, date(2026, 1, 5), 0, "done", NOW)


def reversal(id_: int, of: Entry) -> Entry:
    return Entry(EntryId(id_), of.item, of.day, -of.minutes, "reversal", NOW, reverses=of.id)


@st.composite
def ledgers(draw: st.DrawFn, *, closing: bool = True, undoing: bool = True) -> list[Entry]:
    entries: list[Entry] = []
    for id_ in range(1, draw(st.integers(0, 10)) + 1):
        kind = draw(st.integers(0, 9))
        open_lines = effective(entries)
        if undoing and kind < 2 and open_lines:
            entries.append(reversal(id_, draw(st.sampled_from(open_lines))))
        elif closing and kind == 2:
            entries.append(done(id_, draw(items)))
        else:
            entries.append(study(id_, draw(items), draw(st.integers(1, 150))))
    return entries


@settings(max_examples=80, deadline=None)
@given(plans, ledgers())
def test_every_studied_minute_is_credited_once_or_extra(plan: tuple[Part, ...], entries: list[Entry]) -> None:
    progress = position(plan, entries)
    studied = sum(entry.minutes for entry in entries)
    assert progress.credited + progress.extra == studied
    assert sum(covered.minutes for covered in progress.parts + progress.kept) == progress.credited
    if progress.extra:
        assert progress.finished


@settings(max_examples=80, deadline=None)
@given(plans, ledgers())
def test_nothing_is_ever_more_than_full(plan: tuple[Part, ...], entries: list[Entry]) -> None:
    progress = position(plan, entries)
    assert [covered.part for covered in progress.parts] == list(plan)
    for covered in progress.parts:
        assert 0 <= covered.minutes <= covered.part.minutes
        assert covered.left == (0 if covered.done else covered.part.minutes - covered.minutes)
    assert progress.total == sum(part.minutes for part in plan) + sum(kept.minutes for kept in progress.kept)
    assert 0 <= progress.covered <= progress.total
    assert progress.covered + progress.left == progress.total
    assert progress.left == sum(progress.left_of(item) for item in ITEMS)
    assert progress.finished == (progress.left == 0)


@settings(max_examples=80, deadline=None)
@given(
    plans,
    ledgers(),
    st.one_of(items.map(lambda item: done(99, item)), st.builds(study, st.just(99), items, st.integers(1, 300))),
)
def test_taking_back_restores_what_was(plan: tuple[Part, ...], entries: list[Entry], entry: Entry) -> None:
    assert position(plan, [*entries, entry, reversal(100, entry)]) == position(plan, entries)


@settings(max_examples=80, deadline=None)
@given(plans, ledgers(undoing=False))
def test_credit_once_given_stays(plan: tuple[Part, ...], entries: list[Entry]) -> None:
    grown = [position(plan, entries[:n]) for n in range(len(entries) + 1)]
    for before, after in pairwise(grown):
        pairs = list(zip(before.parts, after.parts, strict=True))
        assert all(earlier.minutes <= later.minutes for earlier, later in pairs)
        assert all(later.done or not earlier.done for earlier, later in pairs)
        assert before.covered <= after.covered


@settings(max_examples=80, deadline=None)
@given(plans, ledgers(), items, st.integers(1, 300))
def test_the_named_item_comes_first(plan: tuple[Part, ...], entries: list[Entry], item: str, minutes: int) -> None:
    known = {part.item for part in plan}
    before = position(plan, entries)
    after = position(plan, [*entries, study(99, item, minutes)])
    assert after.left_of(item) == max(0, before.left_of(item) - minutes) or after.left_of(item) == 0
    assert before.left_of(item) - after.left_of(item) >= min(minutes, before.left_of(item))
    assert after.covered - before.covered == (min(minutes, before.left) if item in known else minutes)


@settings(max_examples=80, deadline=None)
@given(plans, ledgers(closing=False), st.randoms(use_true_random=False))
def test_how_much_is_covered_does_not_depend_on_the_order(
    plan: tuple[Part, ...], entries: list[Entry], random: Random
) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)
    progress = position(plan, shuffled)
    studied = sum(entry.minutes for entry in entries)
    assert progress.covered == min(progress.total, studied)
    assert progress.extra == max(0, studied - progress.total)


@settings(max_examples=80, deadline=None)
@given(plans, ledgers(), st.integers(0, 600))
def test_what_comes_next_is_the_beginning_of_what_is_left(
    plan: tuple[Part, ...], entries: list[Entry], minutes: int
) -> None:
    progress = position(plan, entries)
    steps, everything = progress.coming(minutes), progress.coming(progress.left)
    assert sum(take for _, take in steps) == min(minutes, progress.left)
    assert [part for part, _ in steps] == [part for part, _ in everything][: len(steps)]
    assert steps[:-1] == everything[: len(steps)][:-1]
    assert all(0 < take <= open_ for (_, take), (_, open_) in zip(steps, everything, strict=False))


@settings(max_examples=80, deadline=None)
@given(plans, ledgers(), st.integers(1, 600))
def test_hours_shared_in_order_end_where_the_plan_would_put_them(
    plan: tuple[Part, ...], entries: list[Entry], minutes: int
) -> None:
    before = position(plan, entries)
    shares = before.in_order(minutes)
    assert sum(time for _, time in shares) == minutes
    assert len({item for item, _ in shares}) == len(shares)
    after = position(plan, [*entries, *(study(200 + n, item, time) for n, (item, time) in enumerate(shares))])
    assert after.left == max(0, before.left - minutes)
    gained = [later.minutes - earlier.minutes for earlier, later in zip(before.parts, after.parts, strict=True)]
    assert [gain for gain in gained if gain] == [take for _, take in before.coming(minutes)]
