"""What is different between two versions, whether learners decide about it, and what they read until they have."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.diff import Difference, corrected, differences, only_corrections
from roadmap.loader import builtin
from roadmap.model import Item, Module, Retired, Roadmap

TRACK = builtin("ml-researcher")
Change = Callable[[Roadmap], Roadmap]


def changed(roadmap: Roadmap, item: str, **fields: object) -> Roadmap:
    """The roadmap with one item changed."""

    def changed_item(candidate: Item) -> Item:
        return replace(candidate, **fields) if candidate.id == item else candidate  # type: ignore[arg-type]

    return each_module(roadmap, lambda m: replace(m, items=tuple(map(changed_item, m.items))))


def each_module(roadmap: Roadmap, change: Callable[[Module], Module]) -> Roadmap:
    return replace(roadmap, modules=tuple(map(change, roadmap.modules)))


def without(roadmap: Roadmap, item: str) -> Roadmap:
    return each_module(roadmap, lambda m: replace(m, items=tuple(i for i in m.items if i.id != item)))


def test_the_same_content_has_no_differences_whatever_its_version() -> None:
    assert differences(TRACK, replace(TRACK, version="9.9.9")) == []


def test_words_are_corrections() -> None:
    new = changed(TRACK, "calculus", title="Calculus, again")
    assert differences(TRACK, new) == [Difference("correction", "worded", "calculus", None, ("title",))]
    assert only_corrections(differences(TRACK, new))


def test_hours_weeks_and_items_are_changes() -> None:
    calculus = TRACK.items["calculus"]
    longer = changed(TRACK, "calculus", minutes=600, parts=(*calculus.parts, replace(calculus.parts[-1], minutes=120)))
    assert Difference("change", "minutes", "calculus", 480, 600) in differences(TRACK, longer)
    later = changed(TRACK, "calculus", parts=tuple(replace(part, week=part.week + 1) for part in calculus.parts))
    assert differences(TRACK, later) == [Difference("change", "weeks", "calculus")]
    without_item = without(TRACK, "calculus")
    assert differences(TRACK, without_item)[:2] == [
        Difference("change", "gone", "calculus", 480, None),
        Difference("change", "unnamed", "calculus"),
    ]
    assert differences(without_item, TRACK)[0] == Difference("change", "new", "calculus", None, 480)
    assert not only_corrections(differences(TRACK, without_item))
    easier = changed(TRACK, "calculus", core=False)
    assert differences(TRACK, easier) == [Difference("change", "core", "calculus", before=True, after=False)]


def test_another_order_of_items_is_a_change() -> None:
    turned = each_module(TRACK, lambda m: replace(m, items=m.items[::-1]))
    assert differences(TRACK, turned) == [Difference("change", "modules")]


@pytest.mark.parametrize("item", list(TRACK.items))
def test_every_item_that_goes_is_told_of(item: str) -> None:
    heir = next(id_ for id_ in TRACK.items if id_ != item)
    without_item = replace(without(TRACK, item), retired=(Retired(item, "9.0.0", heir),))
    changes = [difference for difference in differences(TRACK, without_item) if difference.weight == "change"]
    assert changes == [Difference("change", "gone", item, TRACK.items[item].minutes, heir)]


ids = st.sampled_from(list(TRACK.items))
WORDS = ("title", "needs")


def _worded(item: str, field: str, words: str) -> Change:
    return lambda roadmap: changed(roadmap, item, **{field: words}) if item in roadmap.items else roadmap


def _longer(item: str) -> Change:
    def change(roadmap: Roadmap) -> Roadmap:
        longer = roadmap.items.get(item)
        if longer is None:
            return roadmap
        parts = (*longer.parts[:-1], replace(longer.parts[-1], minutes=longer.parts[-1].minutes + 60))
        return changed(roadmap, item, minutes=longer.minutes + 60, parts=parts)

    return change


def _asked(words: str) -> Change:
    def module(each: Module) -> Module:
        return replace(each, questions=tuple(replace(q, question=q.question + words) for q in each.questions))

    return lambda roadmap: each_module(roadmap, module)


corrections = st.one_of(
    st.builds(_worded, ids, st.sampled_from(WORDS), st.sampled_from(["once", "twice"])),
    st.sampled_from([_asked(" Why?"), lambda roadmap: replace(roadmap, summary="Shorter.")]),
    st.just(lambda roadmap: each_module(roadmap, lambda m: replace(m, title=m.title + "!"))),
)
changes = st.one_of(
    st.builds(_longer, ids),
    ids.map(lambda item: lambda roadmap: without(roadmap, item)),
    ids.map(lambda item: lambda roadmap: changed(roadmap, item, core=False) if item in roadmap.items else roadmap),
    st.just(lambda roadmap: each_module(roadmap, lambda m: replace(m, items=m.items[::-1]))),
)


def _after(*some: Change) -> Roadmap:
    roadmap = replace(TRACK, version="2.0.0")
    for change in some:
        roadmap = change(roadmap)
    return roadmap


@settings(max_examples=60, deadline=None)
@given(st.lists(corrections, max_size=4))
def test_corrections_alone_are_read_at_once_and_whole(some: list[Change]) -> None:
    new = _after(*some)
    assert only_corrections(differences(TRACK, new))
    assert corrected(TRACK, new) == new


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(corrections, changes), max_size=5))
def test_with_changes_the_plan_stays_and_its_words_are_the_new_ones(some: list[Change]) -> None:
    new = _after(*some)
    read = corrected(TRACK, new)
    assert only_corrections(differences(TRACK, read))
    assert [(p.item, p.week, p.minutes) for p in read.parts] == [(p.item, p.week, p.minutes) for p in TRACK.parts]
    assert (read.weeks, read.minutes) == (TRACK.weeks, TRACK.minutes)
    open_ = [difference for difference in differences(read, new) if difference.weight == "change"]
    assert open_ == [difference for difference in differences(TRACK, new) if difference.weight == "change"]
    touched = {difference.id for difference in open_ if difference.id}
    for id_, item in read.items.items():
        assert item == (TRACK.items[id_] if id_ in touched else new.items[id_])
    assert read.summary == new.summary
