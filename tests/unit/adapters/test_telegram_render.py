"""Whatever a reply says, Telegram takes it, people read all of it, and nobody's words become markup."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from bot.adapters.telegram.render import MARKUP, Message, files, render
from bot.dialogue.reply import (
    Attachment,
    Bar,
    Block,
    Bullets,
    Button,
    Fields,
    Heading,
    Line,
    LinkButton,
    Reply,
    Table,
    reply,
)
from bot.dialogue.text import Link, Minutes, Text, Typed, words
from bot.dialogue.wording import Markup, Wording
from tests.platforms.telegram.markup import Formatted, parse_html, units
from tests.unit.adapters.hostile_replies import WORDS, assert_in_order, replies, seen, wordings

LIMIT = 4096
TITLES = Wording("en", Markup(link=lambda title, url: title))


def html(*blocks: Block | Text) -> str:
    (message,) = render(reply(*blocks), "en")
    return message.html


def read(messages: list[Message]) -> list[Formatted]:
    """The messages as Telegram reads them; it refuses tags that are unknown, open or crossed."""
    return [parse_html(message.html) for message in messages]


def labels(answer: Reply) -> list[list[str]]:
    return [[label for label, _ in row] for row in render(answer, "en")[-1].keyboard]


def numbered(count: int, label: str = "x") -> tuple[Button, ...]:
    return tuple(Button(words(label), "undo", {"entry": str(n)}) for n in range(count))


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (Heading(words("a & b")), "<b>a &amp; b</b>"),
        (Heading(words("a"), 1), "<b><u>a</u></b>"),
        (Heading(words("a"), 3), "<b>a</b>"),
        (Line(words("a < b")), "a &lt; b"),
        (Bullets((words("a"), words("b"))), "• a\n• b"),
        (Bullets((words("a"), words("b")), numbered=True), "1. a\n2. b"),
        (Fields(((words("Plan"), words("<i>")),)), "<b>Plan</b>: &lt;i&gt;"),
        (Bar(0.5, words("half")), "▓▓▓▓▓▓░░░░░░\nhalf"),
        (
            Line(Text("Read {it}.", it=Link("C & A", "https://x.test/?a=1&b=2"))),
            'Read <a href="https://x.test/?a=1&amp;b=2">C &amp; A</a>.',
        ),
        (Line(Text("Read {it}.", it=Link("<C>", "javascript:alert(1)"))), "Read &lt;C&gt;."),
        (Line(Text("Type {it}.", it=Typed("/log <1h30>"))), "Type <code>/log &lt;1h30&gt;</code>."),
        (Line(Text("Logged {it}.", it=Minutes(90))), "Logged 1 h 30 min."),
        (
            Table((words("Name"), words("h")), ((words("A&B"), words("12")),), numeric=1),
            "<code>Name   h</code>\n<code>A&amp;B   12</code>",
        ),
    ],
)
def test_every_block_has_its_shape(block: Block, shown: str) -> None:
    assert html(block) == shown


def test_a_file_goes_beside_the_text_and_never_into_it() -> None:
    file = Attachment("export.json", "application/json", "<b>{}")
    assert html(words("here"), file) == "here"
    assert files(reply(words("here"), file)) == [file]


@pytest.mark.parametrize("blank", [reply(), reply(words("")), reply(words(" \n ")), reply(words("\u202e\x00"))])
def test_a_message_is_never_empty(blank: Reply) -> None:
    assert [message.html for message in render(blank, "en")] == ["…"]


def test_lines_stand_together_and_other_blocks_apart() -> None:
    drawn = html(Heading(words("a")), words("b"), words("c"), Bullets((words("d"),)), words("e"))
    assert drawn == "<b>a</b>\nb\nc\n\n• d\n\ne"


@pytest.mark.parametrize("share", [-1, 0, 0.04, 0.999, 1, 7])
def test_a_bar_is_never_longer_than_itself_and_full_only_when_all_is_done(share: float) -> None:
    bar = html(Bar(share, words("x"))).splitlines()[0]
    assert len(bar) == 12
    assert ("░" not in bar) == (share >= 1)


@pytest.mark.parametrize("hostile", WORDS)
def test_hostile_words_are_shown_as_they_are_and_format_nothing(hostile: str) -> None:
    blocks = (
        Heading(words(hostile)),
        Line(words(hostile)),
        Bullets((words(hostile),)),
        Fields(((words(hostile), words(hostile)),)),
    )
    (message,) = read(render(reply(*blocks), "en"))
    assert {entity["type"] for entity in message.entities} <= {"bold"}
    assert seen(message.text) == seen(f"{hostile}{hostile}•{hostile}{hostile}:{hostile}")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_words_are_read_as_they_were_written(written: str) -> None:
    read_back = parse_html(MARKUP.escape(written))
    assert read_back.entities == []
    assert seen(read_back.text) == seen(written)


def test_words_cannot_turn_the_line_around_or_call_anybody() -> None:
    assert html(words("\u202egnp.exe\u2066 \x1b[31m")) == "gnp.exe [31m"
    assert html(words("ask @everybody")) == "ask @\u2060everybody"


def test_emoji_and_letters_outside_the_first_plane_are_kept_whole() -> None:
    assert html(words("👩‍👩‍👧‍👦 𝔘𝔫𝔦 🇩🇪")) == "👩‍👩‍👧‍👦 𝔘𝔫𝔦 🇩🇪"


@pytest.mark.parametrize("letter", ["x", "&", "<", "👍", "@", "李", "x ", "& ", "👍 ", "a\n", "\u200b"])
def test_words_of_any_length_are_split_and_all_there(letter: str) -> None:
    long = letter * 9000
    messages = read(render(reply(Heading(words("begin")), words(long), words("end")), "en"))
    assert len(messages) > 1
    assert max(units(message.text) for message in messages) <= LIMIT
    assert seen("".join(message.text for message in messages)) == seen(f"begin{long}end")


def test_a_long_text_is_cut_between_its_words() -> None:
    long = " ".join(f"word{n}" for n in range(3000))
    messages = render(reply(words(long)), "en")
    assert [word for message in messages for word in message.html.split()] == long.split()


def test_what_is_marked_up_and_too_long_loses_its_marks_and_no_word() -> None:
    title = "calculus & more " * 400
    messages = read(render(reply(Heading(Text("Read {it}.", it=Link(title, "https://x.test")))), "en"))
    assert seen("".join(message.text for message in messages)) == seen(f"Read {title}.")
    assert [message.entities for message in messages] == [[]] * len(messages)


def test_a_message_breaks_between_lines_before_it_breaks_a_line() -> None:
    lines = [f"{n}" * 1500 for n in range(1, 5)]
    assert [message.html.splitlines() for message in render(reply(*map(words, lines)), "en")] == [
        lines[:2],
        lines[2:],
    ]


def test_no_message_of_several_is_empty() -> None:
    for first in ("", "x"):
        for length in range(3898, 3903):
            blocks = words(first), words("y" * length), Bullets((words("z" * (length - 2)),))
            assert all(message.html.strip() for message in render(reply(*blocks), "en"))


def test_only_the_last_message_has_buttons() -> None:
    messages = render(reply(words("x " * 5000), buttons=(numbered(2),)), "en")
    assert [len(message.keyboard) for message in messages] == [0] * (len(messages) - 1) + [1]


def test_a_table_is_aligned_also_with_wide_letters() -> None:
    rows = (words("李雷"), words("90")), (words("Ada"), words("5"))
    lines = html(Table((words("Name"), words("min")), rows, numeric=1)).splitlines()
    assert lines == ["<code>Name  min</code>", "<code>李雷   90</code>", "<code>Ada     5</code>"]


def test_a_table_too_wide_for_a_phone_becomes_lines() -> None:
    heads = tuple(map(words, ("#", "Name", "Hours", "Remark")))
    rows = (words("1"), words("A <very> long name"), words("12 h"), words("a long remark")), (*map(words, "2x"),) * 2
    assert html(Table(heads, rows)).splitlines() == [
        "<b># · Name · Hours · Remark</b>",
        "1 · A &lt;very&gt; long name · 12 h · a long remark",
        "2 · x · 2 · x",
    ]


def test_a_wide_table_of_one_column_becomes_lines() -> None:
    assert html(Table((words("Name"),), ((words("a" * 40),),))) == f"<b>Name</b>\n{'a' * 40}"


def test_a_button_carries_its_request() -> None:
    (message,) = render(reply(words("x"), buttons=(Button(words("Undo"), "undo", {"entry": "7"}),)), "en")
    assert message.keyboard == ((("Undo", "1.undo?entry=7"),),)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("", "…"),
        (" \n ", "…"),
        ("\u202e", "…"),
        ("a\nb\tc", "a bc"),
        ("<b>&", "<b>&"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("👍" * 100, "👍" * 59 + "…"),
    ],
)
def test_a_label_is_plain_one_line_and_short(label: str, shown: str) -> None:
    assert labels(reply(words("x"), buttons=(Button(words(label), "undo"),))) == [[shown]]


def test_a_row_too_wide_for_a_phone_becomes_several() -> None:
    assert labels(reply(words("x"), buttons=(numbered(3, "ten letters"),))) == [["ten letters"] * 2, ["ten letters"]]
    assert [len(row) for row in labels(reply(words("x"), buttons=(numbered(20),)))] == [8, 8, 4]


def test_a_keyboard_has_as_many_buttons_as_telegram_takes() -> None:
    (message,) = render(reply(words("x"), buttons=[numbered(8)] * 20), "en")
    assert sum(len(row) for row in message.keyboard) <= 100


@given(replies)
@settings(max_examples=120, deadline=None)
def test_telegram_takes_every_reply_and_people_can_read_all_of_it(answer: Reply) -> None:
    messages = render(answer, "en")
    shown = read(messages)
    for formatted in shown:
        assert formatted.text.strip()
        assert units(formatted.text) <= LIMIT
        assert {entity["type"] for entity in formatted.entities} <= {"bold", "code", "text_link"}
    assert_in_order(map(TITLES.say, wordings(answer)), seen("".join(formatted.text for formatted in shown)))
    assert_keyboard(messages, answer)


def assert_keyboard(messages: list[Message], answer: Reply) -> None:
    assert not any(message.keyboard for message in messages[:-1])
    rows = messages[-1].keyboard
    assert [data for row in rows for _, data in row] == list(tokens(answer))
    for row in rows:
        assert 1 <= len(row) <= 8
        assert len(row) == 1 or sum(wcswidth(label) for label, _ in row) <= 34
        for label, data in row:
            assert label == " ".join(label.split()) != ""
            assert 1 <= len(data.encode()) <= 64


def tokens(answer: Reply) -> Iterator[str]:
    for row in answer.buttons:
        yield from (f"1.{button.command}?entry={button.args['entry']}" for button in row)


def test_links_are_buttons_above_the_others_and_text_where_telegram_takes_no_button() -> None:
    links = [
        LinkButton(words("A & B"), "https://x.test/?a=1&b=2"),
        LinkButton(words("again"), "https://x.test/?a=1&b=2"),
        LinkButton(words("mine"), "http://localhost:8000/"),
        LinkButton(words("no"), "javascript:alert(1)"),
    ]
    (message,) = render(reply(words("x"), buttons=[Button(words("Go"), "today")], links=links), "en")
    assert message.links == (("A & B", "https://x.test/?a=1&b=2"),)
    assert message.html == 'x\n<a href="http://localhost:8000/">mine</a>\nno'
    assert [[label for label, _ in row] for row in message.keyboard] == [["Go"]]
