"""Whatever a reply says, Discord takes it, people read all of it, and nobody's words format anything or ring a bell."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord.render import MARKUP, Message, render
from bot.dialogue.reply import (
    Attachment,
    Bar,
    Block,
    Bullets,
    Button,
    Fields,
    Heading,
    Line,
    Reply,
    Table,
    reply,
)
from bot.dialogue.text import Link, Minutes, Text, Typed, words
from bot.dialogue.wording import Markup, Wording
from tests.platforms.discord.checking import V2
from tests.platforms.discord.checking import message as refused
from tests.platforms.discord.components import walk
from tests.platforms.discord.texts import pings, plain
from tests.unit.adapters.hostile_replies import WORDS, assert_in_order, replies, seen, wordings

LIMIT = 4000
TITLES = Wording("en", Markup(link=lambda title, url: title))
ZONES = "1.start?%3F=zone"


def text(*blocks: Block | Text) -> str:
    (message,) = render(reply(*blocks), "en")
    return message.text


def components(message: Message) -> list[dict[str, Any]]:
    declared: list[dict[str, Any]] = message.view().to_components()  # type: ignore[no-untyped-call]
    return declared


def problems(message: Message) -> list[str]:
    """What Discord would refuse."""
    names = [file.name for file in message.files]
    return refused({"components": components(message)}, V2, names, creates=True)


def labels(answer: Reply, question: str | None = None) -> list[list[str]]:
    return [[label for label, _ in row] for row in render(answer, "en", question)[-1].rows]


def numbered(count: int, row: int = 0) -> tuple[Button, ...]:
    return tuple(Button(words(f"{n}"), "undo", {"entry": f"{row}.{n}"}) for n in range(count))


@contextmanager
def at_once() -> Iterator[None]:
    """What is inside takes less than two seconds."""

    def over(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(2)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Heading(words("a & b")), "## a & b"),
        (Heading(words("a"), 1), "# a"),
        (Heading(words("a"), 3), "### a"),
        (Line(words("a < b")), "a \\< b"),
        (Bullets((words("a"), words("b"))), "- a\n- b"),
        (Bullets((words("a"), words("b")), numbered=True), "1. a\n2. b"),
        (Fields(((words("Plan"), words("*5*")),)), "**Plan**: \\*5\\*"),
        (Bar(0.5, words("half")), "▓▓▓▓▓▓░░░░░░ half"),
        (
            Line(Text("Read {it}.", it=Link("[C]", "https://x.test/?a=>_< b"))),
            "Read [\\[C\\]](<https://x.test/?a=%3E_<%20b>).",
        ),
        (Line(Text("Read {it}.", it=Link("<C>", "javascript:alert(1)"))), "Read \\<C>."),
        (Line(Text("Type {it}.", it=Typed("/log `1h30` @here"))), "Type `/log '1h30' @\u2060here`."),
        (Line(Text("Logged {it}.", it=Minutes(90))), "Logged 1 h 30 min."),
    ],
)
def test_every_block_has_its_shape(block: Block, shown: str) -> None:
    assert text(block) == shown


def test_a_file_is_shown_and_sent_with_the_last_message() -> None:
    file = Attachment("export.json", "application/json", '{"a": "ü"}')
    messages = render(reply(words("x " * 4000), file), "en")
    assert [message.files for message in messages] == [()] * (len(messages) - 1) + [(file,)]
    assert problems(messages[-1]) == []
    (sent,) = messages[-1].uploads()
    assert (sent.filename, sent.fp.read().decode()) == (file.name, file.content)
    (again,) = messages[-1].uploads()
    assert again.fp.read().decode() == file.content


@pytest.mark.parametrize("blank", [reply(), reply(words("")), reply(words(" \n ")), reply(words("\u202e\x00"))])
def test_a_message_is_never_empty(blank: Reply) -> None:
    assert [message.text for message in render(blank, "en")] == ["…"]


def test_blocks_of_different_kinds_stand_apart() -> None:
    drawn = text(Heading(words("a")), words("b"), words("c"), Bullets((words("d"),)), words("e"), Heading(words("f")))
    assert drawn == "## a\nb\nc\n\n- d\n\ne\n## f"


@pytest.mark.parametrize("share", [-1, 0, 0.04, 0.999, 1, 7])
def test_a_bar_is_never_longer_than_itself_and_full_only_when_all_is_done(share: float) -> None:
    bar = text(Bar(share, words("x"))).removesuffix(" x")
    assert len(bar) == 12
    assert ("░" not in bar) == (share >= 1)


@pytest.mark.parametrize("hostile", WORDS)
def test_hostile_words_are_shown_as_they_are_and_format_nothing(hostile: str) -> None:
    named = Text("x{it}x", it=hostile)
    shown = text(Heading(named), Line(words(hostile)), Bullets((words(hostile),)), Fields(((named, words(hostile)),)))
    assert seen(plain(shown)) == seen(f"x{hostile}x{hostile}-{hostile}x{hostile}x:{hostile}")
    assert pings(shown) == []


@pytest.mark.parametrize(
    "begin", ["# ", "### ", "-# ", "> ", ">>> ", "- ", "+ ", "* ", "1. ", "12) ", "  - ", "\t# ", "\x07# ", "\u202e> "]
)
def test_no_line_of_somebodys_words_becomes_a_heading_a_quote_or_a_list(begin: str) -> None:
    for line in text(words(f"{begin}a\n{begin}b")).splitlines():
        assert line.lstrip(" 0123456789").startswith("\\")


@given(st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_words_are_read_as_they_were_written(written: str) -> None:
    escaped = MARKUP.escape(written)
    assert seen(plain(escaped)) == seen(written)
    assert pings(escaped) == []


def test_a_value_of_a_sentence_may_have_any_name() -> None:
    assert text(Text("{weekly_hours} a week", weekly_hours=8)) == "8 a week"


def test_words_cannot_turn_the_line_around_or_call_anybody() -> None:
    assert text(words("\u202egnp.exe\u2066 \x1b31m")) == "gnp.exe 31m"
    assert text(words("ask @everyone, <@123> and <@&5>")) == "ask @\u2060everyone, \\<@\u2060123> and \\<@\u2060&5>"


@pytest.mark.parametrize("letter", ["x", "&", "*", "_", "👍", "@", "李", "x ", "* ", "\\ ", "a\n", "\u200b"])
def test_words_of_any_length_are_split_and_all_there(letter: str) -> None:
    long = letter * 9000
    with at_once():
        messages = render(reply(Heading(words("begin")), words(long), words("end")), "en")
    assert len(messages) > 1
    assert max(len(message.text) for message in messages) <= LIMIT
    assert seen("".join(plain(message.text) for message in messages)) == seen(f"begin{long}end")


def test_a_word_of_nothing_but_marks_to_be_escaped_comes_to_an_end() -> None:
    with at_once():
        messages = render(reply(words("\\" * 3000)), "en")
    assert "".join(plain(message.text) for message in messages).replace("\n", "") == "\\" * 3000


def test_a_long_text_is_cut_between_its_words() -> None:
    long = " ".join(f"word{n}" for n in range(3000))
    messages = render(reply(words(long)), "en")
    assert [word for message in messages for word in message.text.split()] == long.split()


def test_a_cut_makes_no_heading_of_what_stands_behind_it() -> None:
    for begin in ("# big", "> quote", "- item", "1. one"):
        for before in range(3795, 3799):
            long = f"{'x' * before} {begin} {'y' * 50}"
            lines = [line for message in render(reply(words(long)), "en") for line in message.text.splitlines()]
            assert not [line for line in lines if line.startswith(begin)]


def test_a_message_breaks_between_lines_before_it_breaks_a_line() -> None:
    lines = [f"{n}" * 1500 for n in range(1, 5)]
    assert [message.text.splitlines() for message in render(reply(*map(words, lines)), "en")] == [lines[:2], lines[2:]]


def test_no_message_of_several_is_empty() -> None:
    for first in ("", "x"):
        for length in range(3798, 3803):
            blocks = words(first), words("y" * length), Bullets((words("z" * (length - 2)),))
            assert all(message.text.strip() for message in render(reply(*blocks), "en"))


def test_a_table_is_aligned_also_with_wide_letters() -> None:
    rows = (words("李雷`"), words("90")), (words("Ada @here"), words("5"))
    lines = text(Table((words("Name"), words("min")), rows, numeric=1)).splitlines()
    assert [line.strip("`").rstrip() for line in lines] == ["Name       min", "李雷'       90", "Ada @\u2060here    5"]
    assert all(line[0] == line[-1] == "`" for line in lines)


def test_a_table_too_wide_for_a_phone_becomes_lines() -> None:
    heads = tuple(map(words, ("#", "Name", "Hours", "Remark")))
    rows = ((words("1"), words("A *very* long name"), words("12 h"), words("a long remark")),)
    assert text(Table(heads, rows)).splitlines() == [
        "**\\# · Name · Hours · Remark**",
        "1 · A \\*very\\* long name · 12 h · a long remark",
    ]


def test_a_wide_table_of_one_column_becomes_lines() -> None:
    assert text(Table((words("Name"),), ((words("a" * 40),),))) == f"**Name**\n{'a' * 40}"


def test_only_the_last_message_has_buttons() -> None:
    messages = render(reply(words("x " * 4000), buttons=(numbered(2),)), "en", ZONES)
    assert [len(message.rows) for message in messages] == [0] * (len(messages) - 1) + [2]


def test_a_button_carries_its_request_and_a_question_its_form() -> None:
    (message,) = render(reply(words("x"), buttons=(Button(words("Undo"), "undo", {"entry": "7"}),)), "en", ZONES)
    assert message.rows == ((("Undo", "b1.undo?entry=7"),), (("✎ Type an answer", f"q{ZONES}"),))
    assert [component["custom_id"] for component in walk(components(message)) if "custom_id" in component] == [
        "b1.undo?entry=7",
        f"q{ZONES}",
    ]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("", "…"),
        (" \n ", "…"),
        ("\u202e", "…"),
        ("a\nb\tc", "a bc"),
        ("*b*", "*b*"),
        ("x" * 78, "x" * 78),
        ("x" * 79, "x" * 77 + "…"),
        ("👍" * 100, "👍" * 77 + "…"),
    ],
)
def test_a_label_is_plain_one_line_and_short(label: str, shown: str) -> None:
    assert labels(reply(words("x"), buttons=(Button(words(label), "undo"),))) == [[shown]]


def test_a_row_of_more_than_five_becomes_several() -> None:
    assert [len(row) for row in labels(reply(words("x"), buttons=(numbered(12),)))] == [5, 5, 2]


def test_a_message_has_no_more_components_than_discord_takes() -> None:
    (message,) = render(reply(words("x"), buttons=[numbered(5, row) for row in range(8)]), "en")
    assert sum(1 + len(row) for row in message.rows) + 2 <= 40
    assert problems(message) == []


def test_however_many_buttons_there_are_the_question_can_be_answered() -> None:
    many = reply(words("x"), buttons=[numbered(1, row) for row in range(12)])
    assert ["✎ Type an answer"] in labels(many, ZONES)


def test_two_buttons_that_ask_for_the_same_are_no_trouble() -> None:
    twins = Button(words("Undo"), "undo"), Button(words("Take it back"), "undo")
    (message,) = render(reply(words("x"), buttons=(twins,)), "en")
    assert problems(message) == []


@given(replies, st.sampled_from([None, ZONES]))
@settings(max_examples=80, deadline=None)
def test_discord_takes_every_reply(answer: Reply, question: str | None) -> None:
    messages = render(answer, "en", question)
    assert not any(message.rows for message in messages[:-1])
    for message in messages:
        assert problems(message) == []
        assert pings(message.text) == []
        assert all(len(label) <= 80 and label.strip() for row in message.rows for label, _ in row)
    ids = [id_ for row in messages[-1].rows for _, id_ in row]
    saved = [f"b1.undo?entry={button.args['entry']}" for row in answer.buttons for button in row]
    assert ids == saved + ([f"q{ZONES}"] if question else [])


@given(replies)
@settings(max_examples=80, deadline=None)
def test_people_can_read_all_of_every_reply(answer: Reply) -> None:
    lines = Reply(tuple(block for block in answer.blocks if not isinstance(block, Table)))
    shown = "".join(plain(message.text) for message in render(lines, "en"))
    assert_in_order(map(TITLES.say, wordings(lines)), seen(shown))
