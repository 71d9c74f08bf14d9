"""What is different between two versions, and whether learners decide about it."""

from dataclasses import replace

import pytest

from roadmap.diff import differences, only_corrections
from roadmap.loader import builtin
from roadmap.model import Item, Roadmap

TRACK = builtin("ml-researcher")


def changed(roadmap: Roadmap, item: str, **what: object) -> Roadmap:
    """The roadmap with one item changed."""

    def one(found: Item) -> Item:
        return replace(found, **what) if found.id == item else found  # type: ignore[arg-type]

    modules = tuple(replace(m, items=tuple(map(one, m.items))) for m in roadmap.modules)
    return replace(roadmap, modules=modules)


def without(roadmap: Roadmap, item: str) -> Roadmap:
    modules = tuple(replace(m, items=tuple(i for i in m.items if i.id != item)) for m in roadmap.modules)
    return replace(roadmap, modules=modules)


def told(old: Roadmap, new: Roadmap) -> list[tuple[str, str, str]]:
    return [(one.weight, one.item, one.what) for one in differences(old, new)]


def test_the_same_content_has_no_differences_whatever_its_version() -> None:
    assert differences(TRACK, replace(TRACK, version="9.9.9")) == []


def test_words_are_corrections() -> None:
    new = changed(TRACK, "calculus", title="Calculus, again")
    assert told(TRACK, new) == [("correction", "calculus", "is worded otherwise: title")]
    assert only_corrections(differences(TRACK, new))


def test_hours_weeks_and_items_are_changes() -> None:
    calculus = TRACK.items["calculus"]
    longer = changed(TRACK, "calculus", minutes=600, parts=(*calculus.parts, replace(calculus.parts[-1], minutes=120)))
    assert ("change", "calculus", "takes 10 h, not 8 h") in told(TRACK, longer)
    later = changed(TRACK, "calculus", parts=tuple(replace(part, week=part.week + 1) for part in calculus.parts))
    assert told(TRACK, later) == [("change", "calculus", "is laid out in other weeks")]
    gone = without(TRACK, "calculus")
    assert told(TRACK, gone)[0] == (
        "change", "calculus", "is gone (8 h); hours stay with it; retired does not name it",
    )  # fmt: skip
    assert told(gone, TRACK)[0] == ("change", "calculus", "is new (8 h)")
    assert not only_corrections(differences(TRACK, gone))
    assert told(TRACK, changed(TRACK, "calculus", core=False)) == [("change", "calculus", "is no longer core")]


@pytest.mark.parametrize("item", list(TRACK.items))
def test_every_item_that_goes_is_told_of(item: str) -> None:
    assert [one.item for one in differences(TRACK, without(TRACK, item))] == [item]
