"""An item is known by any words that name it; where several could be meant, or none, the learner is asked."""

from collections.abc import Callable
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import ItemRef, Parameter, Unclear
from bot.dialogue.text import Text, words
from roadmap.loader import builtin
from roadmap.model import Item

Make = Callable[..., Context]
ITEM: Parameter[str] = get_args(ItemRef)[1]
TRACK = builtin("ml-researcher")


def asked(typed: str, ctx: Context) -> Unclear:
    with pytest.raises(Unclear) as raised:
        ITEM.take(typed, ctx)
    return raised.value


@pytest.mark.parametrize("item", list(TRACK.items.values()), ids=lambda item: item.id)
def test_every_item_is_known_by_its_id_and_its_whole_title(context: Make, item: Item) -> None:
    id_, title = item.id, item.title
    assert ITEM.take(id_, context()) == (id_, "")
    assert ITEM.take(title, context()) == (id_, "")
    assert ITEM.take(f"{title.upper()} chapter 3", context()) == (id_, "chapter 3")
    assert ITEM.read(id_, context()) == id_


@pytest.mark.parametrize(
    ("typed", "item", "rest"),
    [
        ("calculus", "calculus", ""),
        ("CALCULUS", "calculus", ""),
        ("calculus chain rule", "calculus", "chain rule"),
        ("calculus: chain rule", "calculus", ": chain rule"),
        ("linear algebra", "linear-algebra", ""),
        ("algebra vectors", "linear-algebra", "vectors"),
        # Five letters stand for a word; four for a name that is one word.
        ("calc", "calculus", ""),
        ("calcu", "calculus", ""),
        ("proba", "probability", ""),
        ("kaggl", "kaggle-or-open-source", ""),
        ("keras", "cnn-keras", ""),
        ("cnn", "cnn-keras", ""),
        # As many words as name it, and no more.
        ("machine learning notes", "ng-supervised-ml", "notes"),
        ("reading papers attention", "reading-papers", "attention"),
        ("flask and sqlite", "flask-sqlite", ""),
        ("cartpole q-learning", "cartpole", ""),
    ],
)
def test_an_item_by_words_that_name_it(context: Make, typed: str, item: str, rest: str) -> None:
    assert ITEM.take(typed, context()) == (item, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "the",
        "and of",
        "x",
        "read",
        '"calculus"',
        "“calculus”",
        "(calculus)",
        "- calculus",
        "chapter 3 of it",
    ],
)
def test_what_names_no_item_is_left_for_others(context: Make, typed: str) -> None:
    assert ITEM.take(typed, context()) is None


def test_words_that_name_several_items_are_asked_about(context: Make) -> None:
    unclear = asked("regression notes", context(studied=2000))
    assert unclear.problem == Text("Which one is “{words}”?", words="regression")
    assert [choice.wire for choice in unclear.choices] == ["linear-regression", "logistic-regression"]
    assert [choice.label for choice in unclear.choices] == [
        words(TRACK.items[choice.wire].title) for choice in unclear.choices
    ]
    assert unclear.rest == "notes"


def test_what_the_learner_is_at_comes_first(context: Make) -> None:
    # In the first module only one item has to do with regression, later on two have.
    assert ITEM.take("regression", context()) == ("linear-regression", "")
    assert ITEM.take("regression", context(studied=4 * 960)) == ("logistic-regression", "")
    assert len(asked("regression", context(studied=960)).choices) == 2


@pytest.mark.parametrize("typed", ["calclus", "calculs", "Kalkulus"])
def test_a_slip_of_the_pen_is_asked_about(context: Make, typed: str) -> None:
    unclear = asked(typed, context())
    assert [choice.wire for choice in unclear.choices] == ["calculus"]
    assert unclear.problem == Text("I do not know “{words}”. Did you mean one of these?", words=typed)
    assert unclear.rest == ""


def test_at_most_four_items_are_offered_for_a_slip(context: Make) -> None:
    unclear = asked("lerning", context())
    assert len(unclear.choices) == 4


@pytest.mark.parametrize("typed", ["clcs please", "clcs", "a" * 41, "qqqqqqqq"])
def test_only_a_single_word_alike_is_a_slip(context: Make, typed: str) -> None:
    assert ITEM.take(typed, context()) is None


def test_the_current_item_is_offered_first_then_its_module(context: Make) -> None:
    assert [choice.wire for choice in ITEM.choices(context())] == ["ng-supervised-ml", "linear-regression"]
    assert [choice.wire for choice in ITEM.choices(context(studied=240))] == ["linear-regression", "ng-supervised-ml"]


@pytest.mark.parametrize(
    ("prefix", "items"),
    [
        ("calc", ["calculus"]),
        ("Calc", ["calculus"]),
        ("Andrew", ["ng-supervised-ml"]),
        ("REGRESS", ["linear-regression", "logistic-regression"]),
        ("cnn-", ["cnn-keras"]),
        ("zzz", []),
    ],
)
def test_completion_by_id_and_by_any_piece_of_the_title(context: Make, prefix: str, items: list[str]) -> None:
    assert [choice.wire for choice in ITEM.suggest(prefix, context())] == items


def test_a_very_long_word_names_nothing_and_costs_nothing(context: Make) -> None:
    assert ITEM.take("a" * 6000, context()) is None
