"""A request that comes again gets the very same answer: replies survive being stored."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import reply as replies
from bot.dialogue import text as texts
from bot.dialogue.codec import dump, load
from bot.dialogue.facts import BoardFacts, ClosingFacts, GroupWeekFacts, ProgressFacts
from bot.dialogue.reply import (
    Attachment,
    Bar,
    Bullets,
    Button,
    Expects,
    Fields,
    Heading,
    Line,
    LinkButton,
    Picture,
    Reply,
    Table,
)
from bot.dialogue.text import (
    Clock,
    Day,
    Days,
    InLanguage,
    Link,
    Minutes,
    Moment,
    Percent,
    Plural,
    ReadersTime,
    Text,
    Typed,
    Weekday,
)

# Everything that can be typed or sent: no half of a surrogate pair.
any_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.sampled_from(["words", "item", "day", "m", "p", "v", "iso", "kind"])
moments = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(fold=0))
plain = st.one_of(
    any_words,
    st.integers(-(10**9), 10**9),
    st.builds(Minutes, st.integers(0, 10**6)),
    st.builds(Percent, st.integers(0, 120)),
    st.builds(Day, st.dates(), st.booleans()),
    st.builds(Days, st.dates(), st.dates()),
    st.builds(Moment, moments, st.sampled_from(["Europe/Berlin", "UTC"])),
    st.builds(ReadersTime, moments),
    st.builds(Clock, st.times().map(lambda at: at.replace(fold=0))),
    st.builds(Weekday, st.integers(0, 6)),
    st.builds(Link, any_words, any_words),
    st.builds(Typed, any_words),
    st.builds(InLanguage, any_words),
)


def _text(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Text]:
    kwargs = st.dictionaries(names, values, max_size=3)
    return st.one_of(
        st.builds(lambda message, fields: Text(message, **fields), any_words, kwargs),
        st.builds(
            lambda singular, plural, n, fields: Plural(singular, plural, n, **fields),
            any_words,
            st.text("abc {n}", min_size=1, max_size=9),
            st.integers(0, 9),
            kwargs,
        ),
    )


a_text = _text(st.one_of(plain, _text(plain)))
rows = st.lists(a_text, max_size=3).map(tuple)
pictures = st.one_of(
    st.builds(ProgressFacts, planned_open=a_text, pace_open=a_text),
    st.builds(BoardFacts),
    st.builds(GroupWeekFacts),
    st.builds(ClosingFacts),
)
arguments = st.dictionaries(names, any_words, max_size=3)
blocks = st.one_of(
    st.builds(Heading, a_text, st.sampled_from((1, 2, 3))),
    st.builds(Line, a_text),
    st.builds(Bullets, rows, st.booleans()),
    st.builds(Fields, st.lists(st.tuples(a_text, a_text), max_size=2).map(tuple)),
    st.builds(Bar, st.floats(0, 2), a_text),
    st.builds(Table, rows, st.lists(rows, max_size=2).map(tuple), st.integers(0, 99)),
    st.builds(Attachment, any_words, any_words, any_words),
    st.builds(Picture, pictures, a_text),
)
buttons = st.builds(Button, a_text, any_words, arguments)
any_reply = st.builds(
    Reply,
    st.lists(blocks, max_size=3).map(tuple),
    st.lists(st.lists(buttons, max_size=2).map(tuple), max_size=2).map(tuple),
    st.none() | st.builds(Expects, any_words, any_words, arguments),
    st.booleans(),
    st.lists(st.builds(LinkButton, a_text, any_words), max_size=2).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(any_reply)
def test_what_is_stored_is_what_comes_back(reply: Reply) -> None:
    stored = dump(reply)
    loaded = load(stored)
    assert loaded == reply
    assert dump(loaded) == stored


@settings(max_examples=40, deadline=None)
@given(a_text)
def test_a_text_comes_back_as_the_same_kind_of_text(text: Text) -> None:
    (block,) = load(dump(Reply((Line(text),)))).blocks
    assert isinstance(block, Line)
    assert type(block.text) is type(text)
    assert repr(block.text) == repr(text)


def test_values_keep_their_kind() -> None:
    values: dict[str, Any] = {
        "flag": 1,
        "words": "1",
        "day": Day(date(2026, 3, 3), short=True),
        "at": Moment(datetime(2026, 3, 3, 8, 30, 15, 5, tzinfo=UTC), "Europe/Berlin"),
        "clock": Clock(time(9, 30)),
        "none": Text(""),
    }
    (block,) = load(dump(Reply((Line(Text("{words}", **values)),)))).blocks
    assert isinstance(block, Line)
    assert dict(block.text.values) == values
    assert [type(value) for value in block.text.values.values()] == [type(value) for value in values.values()]


def test_every_kind_of_block_and_value_is_tried_here() -> None:
    tried = {Heading, Line, Bullets, Fields, Bar, Table, Attachment, Picture, Button, LinkButton, Expects, Reply}
    tried |= {Minutes, Percent, Day, Days, Moment, ReadersTime, Clock, Weekday, Link, InLanguage, Typed}
    known = {
        member
        for module in (texts, replies)
        for member in vars(module).values()
        if isinstance(member, type) and hasattr(member, "__dataclass_fields__")
    }
    assert known == tried


def test_stored_replies_are_compact_and_readable() -> None:
    stored = dump(Reply((Line(Text("Grüße")),)))
    assert "Grüße" in stored
    assert ": " not in stored


@pytest.mark.parametrize("stored", ['"words"', "[]", "1", '{"$":"Text","m":"","p":null,"v":{}}'])
def test_what_is_no_reply_is_not_taken_for_one(stored: str) -> None:
    with pytest.raises(AssertionError):
        load(stored)
