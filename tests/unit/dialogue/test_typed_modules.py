"""A module by its number on the roadmap, or by words of its title."""

from collections.abc import Callable
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import ModuleNumber, Parameter, Unclear
from bot.dialogue.text import Text
from roadmap.loader import builtin
from roadmap.model import Module

Make = Callable[..., Context]
MODULE: Parameter[int] = get_args(ModuleNumber)[1]
TRACK = builtin("ml-researcher")


@pytest.mark.parametrize(("number", "module"), list(enumerate(TRACK.modules, start=1)))
def test_every_module_by_number_id_and_title(context: Make, number: int, module: Module) -> None:
    for typed in (str(number), module.id, module.title, module.title.upper()):
        assert MODULE.take(typed, context()) == (number, "")


@pytest.mark.parametrize(
    ("typed", "number"),
    [("math", 2), ("reinf", 8), ("deep learning", 6), ("libraries", 5), ("٣", 3), ("statistics", 3)],
)
def test_a_module_by_words(context: Make, typed: str, number: int) -> None:
    assert MODULE.take(typed, context()) == (number, "")


@pytest.mark.parametrize("typed", ["", "zebra", "the", "1234", "-1", "3 and more"])
def test_what_names_no_module_is_none(context: Make, typed: str) -> None:
    assert MODULE.take(typed, context()) is None


@pytest.mark.parametrize(("typed", "number"), [("0", 0), ("12", 12), ("999", 999)])
def test_a_number_beyond_the_roadmap_is_asked_about(context: Make, typed: str, number: int) -> None:
    with pytest.raises(Unclear) as raised:
        MODULE.take(typed, context())
    assert raised.value.problem == Text(
        "This roadmap has modules 1 to {last}; there is no {number}.", last=11, number=number
    )
    assert [choice.wire for choice in raised.value.choices] == [str(n) for n in range(1, 12)]


def test_words_that_name_several_modules_are_asked_about(context: Make) -> None:
    with pytest.raises(Unclear) as raised:
        MODULE.take("introduction", context())
    assert raised.value.problem == Text("Which one is “{words}”?", words="introduction")
    assert [choice.wire for choice in raised.value.choices] == ["1", "5"]
    assert raised.value.choices[1].label == Text("{number}. {title}", number=5, title=TRACK.modules[4].title)


def test_every_module_is_offered(context: Make) -> None:
    assert [MODULE.read(choice.wire, context()) for choice in MODULE.choices(context())] == list(range(1, 12))
