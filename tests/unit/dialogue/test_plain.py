"""Typed words lose what nobody can see, and are read in one way of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.plain import plain, visible


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("1\u200bh \u2066calculus\u2069\ufeff", "1h calculus"),
        ("cal\u00adculus", "calculus"),
        ("1\u00a0h\u202f30", "1 h 30"),
        ("\u202eabc\u202c", "abc"),
        ("a\x00b\x02c\x03\ud800", "abc"),
        ("Ma\u0308rz", "März"),
        ("two\nlines", "two\nlines"),
        ("👩\u200d💻 🏴\U000e0067\U000e007f", "👩\u200d💻 🏴\U000e0067\U000e007f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db\u3164", "ab"),
    ],
)
def test_what_nobody_sees_is_gone(typed: str, seen: str) -> None:
    assert visible(typed) == seen


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("１ｈ３０", "1h30"),
        ("１：３０", "1:30"),
        ("٩٠ MIN", "90 min"),
        ("9–10", "9-10"),
        ("90’", "90'"),
        ("x² ½ ß", "x² ½ ß"),
    ],
)
def test_what_is_written_in_several_ways_is_read_in_one(typed: str, read: str) -> None:
    assert plain(typed) == read


@given(st.text(max_size=60))
def test_the_plain_words_are_as_long_as_the_typed_ones(typed: str) -> None:
    assert len(plain(typed)) == len(typed)
    assert visible(visible(typed)) == visible(typed)
