"""Free words, words out of a list, and the small words between values."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, Language, Note, Number, Parameter, Unclear, WireWord
from bot.dialogue.text import Text

Make = Callable[..., Context]
NOTE: Parameter[str] = get_args(Note)[1]
NUMBER: Parameter[int] = get_args(Number)[1]
FLAG: Parameter[bool] = get_args(Flag)[1]
LANGUAGE: Parameter[str] = get_args(Language)[1]
WORD: Parameter[str] = get_args(WireWord)[1]
ANSWERS = ChoiceParameter(
    "yes", Text("?"), Text("?"), {"yes": Text("I knew it"), "no": Text("Not yet"), "fun": Text("Großer Spaß")}
)


@pytest.mark.parametrize(
    ("typed", "words", "rest"),
    [
        ("chapter 3", "chapter 3", ""),
        ('"chapter 3" calculus', "chapter 3", "calculus"),
        ("“chapter 3” calculus", "chapter 3", "calculus"),
        ("„Kapitel 3“ calculus", "Kapitel 3", "calculus"),
        ("„Kapitel 3” calculus", "Kapitel 3", "calculus"),
        ("«chapitre 3» calculus", "chapitre 3", "calculus"),
        # White space is folded.
        ("  chapter \n\t 3 ", "chapter 3", ""),
        ('"  chapter \n 3 "', "chapter 3", ""),
        # Quotes that do not stand around it are the learner's own.
        ('said "hello"', 'said "hello"', ""),
        ('"hello', '"hello', ""),
        ('"', '"', ""),
        ('a "', 'a "', ""),
        # Quotes around quotes.
        ("“„a“”", "a", ""),
        ("{braces} & <b>tags</b>", "{braces} & <b>tags</b>", ""),
        ("日本語 ノート", "日本語 ノート", ""),
    ],
)
def test_a_note(context: Make, typed: str, words: str, rest: str) -> None:
    assert NOTE.take(typed, context()) == (words, rest)


@pytest.mark.parametrize("typed", ["", "   ", '""', '"  "', "“”"])
def test_nothing_is_no_note(context: Make, typed: str) -> None:
    assert NOTE.take(typed, context()) is None
    assert NOTE.read(typed, context()) is None


@pytest.mark.parametrize(
    ("wire", "words"),
    [
        ("chapter 3", "chapter 3"),
        ('"chapter 3"', "chapter 3"),
        ('said "hello"', 'said "hello"'),
        ('"a" and "b"', '"a" and "b"'),
        (" a \n b ", "a b"),
        ("«a»", "a"),
    ],
)
def test_a_note_that_comes_whole(context: Make, wire: str, words: str) -> None:
    assert NOTE.read(wire, context()) == words


def test_a_note_has_500_characters_at_most(context: Make) -> None:
    ctx = context()
    assert NOTE.take("x" * 500, ctx) == ("x" * 500, "")
    assert NOTE.read(f'"{"x" * 500}"', ctx) == "x" * 500
    assert NOTE.take("x" + " " * 500 + "y", ctx) == ("x y", "")
    for read in (NOTE.take, NOTE.read):
        with pytest.raises(Unclear) as raised:
            read("x" * 501, ctx)
        assert 500 in raised.value.problem.values.values()


def test_a_note_takes_what_nobody_else_knows() -> None:
    assert NOTE.greedy
    assert not any(parameter.greedy for parameter in (NUMBER, FLAG, LANGUAGE, ANSWERS))


@pytest.mark.parametrize(
    ("typed", "answer", "rest"),
    [
        ("yes", "yes", ""),
        ("YES please", "yes", "please"),
        ("I knew it", "yes", ""),
        ("i KNEW it, really", "yes", ", really"),
        ("no", "no", ""),
        ("not yet", "no", ""),
        # A label's own letters, whatever their size.
        ("großer spaß", "fun", ""),
        ("Großer Spaß dabei", "fun", "dabei"),
        ("yes-ish", "yes", "-ish"),
    ],
)
def test_one_of_a_few_words_by_its_name_or_label(context: Make, typed: str, answer: str, rest: str) -> None:
    assert ANSWERS.take(typed, context()) == (answer, rest)


@pytest.mark.parametrize("typed", ["", "yesterday", "nope", "i knew", "not yet2", "maybe"])
def test_other_words_are_none(context: Make, typed: str) -> None:
    assert ANSWERS.take(typed, context()) is None


def test_every_choice_is_offered_and_may_depend_on_the_learner(context: Make) -> None:
    assert [(choice.wire, choice.label) for choice in ANSWERS.choices(context())] == [
        ("yes", Text("I knew it")),
        ("no", Text("Not yet")),
        ("fun", Text("Großer Spaß")),
    ]
    theirs = ChoiceParameter("en", Text("?"), Text("?"), lambda ctx: {ctx.locale: Text("Mine")})
    assert theirs.take("mine", context(locale="de")) == ("de", "")


def test_english_is_always_a_language(context: Make) -> None:
    assert LANGUAGE.take("en", context()) == ("en", "")
    assert LANGUAGE.take("English", context()) == ("en", "")
    assert LANGUAGE.take("xx", context()) is None


@pytest.mark.parametrize(
    ("parameter", "wire", "value"),
    [
        (NUMBER, "12", 12),
        (NUMBER, "#12", 12),
        (NUMBER, "0", 0),
        (NUMBER, "999999999", 999999999),
        (NUMBER, "1000000000", None),
        (NUMBER, "12x", None),
        (NUMBER, "-1", None),
        (NUMBER, "", None),
        (NUMBER, "12 13", None),
        (FLAG, "1", True),
        (FLAG, "0", False),
        (FLAG, "2", None),
        (FLAG, "yes", None),
        (FLAG, "", None),
        (WORD, "some-id", "some-id"),
        (WORD, "", None),
    ],
)
def test_values_that_only_buttons_carry(context: Make, parameter: Parameter[Any], wire: str, value: object) -> None:
    carried = parameter.read(wire, context())
    assert (carried, type(carried)) == (value, type(value))
    assert not parameter.typed


@pytest.mark.parametrize(
    ("name", "code"), [("german", "de"), ("Deutsch", "de"), ("englisch", "en"), ("English", "en"), ("GERMAN", "de")]
)
@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_language_is_known_by_its_name_in_every_language(context: Make, name: str, code: str, locale: str) -> None:
    assert LANGUAGE.take(f"{name} please", context(locale=locale)) == (code, "please")
