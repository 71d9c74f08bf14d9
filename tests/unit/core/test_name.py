"""Names as others see them: nothing invisible, nothing that turns the line round, and emoji stay whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.name import LONGEST, characters, clean, cut, distinct, folded, length, member_name, shown, turns

KEPT = [
    "Ada",
    "Ada L.",
    "Nguyễn",
    "Ægir",
    "李雷",
    "علي",
    "علی‌رضا",
    "क्‍ष",
    "བསྒྲུབས",
    "שָׁ",
    "👨‍👩‍👧‍👦",
    "❤️‍🔥",
    "🧔‍♂️",
    "👍🏽",
    "🇩🇪",
    "1️⃣",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "☕",
    "R2-D2",
    "…",
    "a b",
]


@pytest.mark.parametrize("name", KEPT)
def test_what_people_are_called_stays_as_it_is(name: str) -> None:
    assert clean(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "blank",
    [
        "",
        " ",
        "\u200b",
        "\u200d",
        "\u3164",
        "\u2800",
        "\u115f\u1160",
        "\ufe0f",
        "\u00ad",
        "\u2060",
        "\u0301\u0301",
        "\u034f",
        "\U000e0041",
        "\x00\x1b",
        "\ue000",
        "\ud800",
        "\u2028",
        "\u180e",
        "\u202e\u202c",
        "\u20e3",
        "\ufeff",
        "\uffa0",
        "\u17b4",
    ],
)
def test_a_name_needs_something_to_see(blank: str) -> None:
    assert clean(blank * 3) == ""
    assert shown(blank) == "?"


SIGNS = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u034f\u3164\ufeff"
    "\u202a\u202e\u2066\u2069\u061c\ufe0f\x07\U000e0061\u180b"
)


@pytest.mark.parametrize("sign", SIGNS)
def test_what_cannot_be_seen_makes_no_other_name(sign: str) -> None:
    assert clean(f"a{sign}da{sign}") == clean(f"{sign}ada") == "ada"
    assert folded(f"a{sign}DA") == folded("ada")


def test_names_that_look_alike_by_form_or_case_are_one() -> None:
    for name, alike in (
        ("ADA", "ada"),
        ("ＡＤＡ", "ada"),
        ("é", "e\u0301"),
        ("ﬁ", "fi"),
        ("Straße", "STRASSE"),
        ("a  b", "a b"),
        ("ⓐda", "ada"),
        ("❤️", "❤"),
    ):
        assert folded(name) == folded(alike)
    assert folded("ada") != folded("adа")  # a Cyrillic letter: no likeness of other scripts is judged


def test_there_are_no_towers_of_marks() -> None:
    tower = "Z" + "".join(map(chr, range(0x0300, 0x0340))) + "o" + "\u0489" * 9 + "ส" + "\u0e47" * 20
    assert max(len(character) for character in characters(unicodedata.normalize("NFD", clean(tower)))) <= 6


def test_the_direction_is_turned_by_signs_alone() -> None:
    assert turns("\u202edab")
    assert turns("a\u200f")
    assert not turns("علي")


def test_a_name_is_cut_between_characters_as_people_count_them() -> None:
    family = "👨‍👩‍👧‍👦"
    assert length(family * 5) == 5
    assert member_name(family * 40) == family * 9
    assert length(member_name("e\u0301x" * 40)) == LONGEST
    assert cut("abc def", 4) == "abc"


def test_names_of_before_that_look_alike_are_told_apart() -> None:
    assert distinct(["ada", "Ada", "ada", "ada (2)"]) == ["ada", "Ada (2)", "ada (3)", "ada (2) (2)"]


@given(st.text(max_size=60))
def test_clean_is_final_bounded_and_shows_no_control(words: str) -> None:
    cleaned = clean(words)
    assert clean(cleaned) == cleaned
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} for letter in cleaned)
    assert not any("\u202a" <= letter <= "\u202e" or "\u2066" <= letter <= "\u2069" for letter in cleaned)
    assert "".join(characters(cleaned)) == cleaned
    assert len(member_name(words)) <= 64
    assert length(member_name(words)) <= LONGEST
    assert member_name(member_name(words)) == member_name(words)
    assert folded(folded(words)) == folded(words)
