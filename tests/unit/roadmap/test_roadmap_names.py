"""An item may have other names, by which learners call it."""

import pytest

from bot.dialogue.parameters.itemnames import names_of
from roadmap.loader import builtin
from roadmap.model import Item

TRACK = builtin("ml-researcher")


def test_every_item_of_the_built_in_track_has_other_names_and_none_is_anothers() -> None:
    items = TRACK.items.values()
    named = [name.casefold() for item in items for name in item.also]
    assert all(item.also for item in items)
    assert len(named) == len(set(named))


@pytest.mark.parametrize("item", list(TRACK.items.values()), ids=lambda item: item.id)
def test_each_of_them_means_that_item(item: Item) -> None:
    names = names_of(tuple((item.id, item.title, item.also) for item in TRACK.items.values()))
    for name in item.also:
        assert names.exact(name) == item.id
