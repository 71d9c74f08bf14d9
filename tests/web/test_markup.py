"""Whatever words a reply has, a page shows them as they are, and nothing of them becomes HTML (promise 22)."""

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from bot.dialogue.reply import Attachment, Bar, Button, Heading, Reply, Table, reply
from bot.dialogue.text import Link, Text, words
from bot.dialogue.wording import Markup, Wording
from bot.web.drawing import environment
from bot.web.markup import presses, shown
from tests.unit.adapters.hostile_replies import WORDS, replies, seen, wordings

TITLES = Wording("en", Markup(link=lambda title, url: title))
TAGS = {
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "div",
    "dt",
    "dd",
    "progress",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Read(HTMLParser):
    """What a browser makes of HTML: the words in their order, the tags, and the addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.open = "", set[str](), list[str]()
        self.addresses: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def html(answer: Reply) -> str:
    """The blocks of a reply as a page has them."""
    template: Any = environment().get_template("reply.html").module
    return str(template.pieces(shown(answer, "en"), 2))


def read(answer: Reply) -> Read:
    """The blocks of a reply as a browser reads them."""
    return Read(html(answer))


@given(replies)
@settings(max_examples=200, deadline=None)
def test_every_word_of_any_reply_is_shown_as_it_is(answer: Reply) -> None:
    page = read(answer)
    assert page.tags <= TAGS | {"a", "code"}
    assert seen(page.words) == seen("".join(TITLES.say(text) for text in wordings(answer)))
    assert all(address.startswith(("https://", "http://")) for address in page.addresses)


@pytest.mark.parametrize("hostile", WORDS)
def test_hostile_words_are_no_markup(hostile: str) -> None:
    page = read(reply(words(hostile), Heading(words(hostile)), Text("{it}", it=Link("x", hostile))))
    assert page.tags <= {"p", "h2", "a"}
    assert seen(page.words) == seen(f"{hostile}{hostile}x")


def test_a_button_sends_the_request_that_it_sends_in_a_chat() -> None:
    (press,) = presses((Button(words("<b>"), "undo", {"entry": "7"}),), "en")
    assert (press.label, press.token) == ("<b>", "1.undo?entry=7")


@pytest.mark.parametrize(("share", "percent"), [(-1, 0), (0, 0), (0.999, 99), (1, 100), (7, 100)])
def test_a_bar_is_full_only_when_all_is_done(share: float, percent: int) -> None:
    (bar,) = shown(reply(Bar(share, words("x"))), "en").pieces
    assert bar.percent == percent


def test_a_file_is_loaded_from_the_page_itself() -> None:
    page = read(reply(Attachment("<a>.csv", "text/csv", "1,2\n")))
    assert page.addresses == ["data:text/csv;base64,MSwyCg=="]
    assert page.words.strip() == "<a>.csv"


def test_headings_follow_their_rank_and_numbers_stand_at_the_end() -> None:
    table = Table((words("Name"), words("h")), ((words("A"), words("1")),), numeric=1)
    drawn = html(reply(Heading(words("x"), 3), table))
    assert "<h3>x</h3>" in drawn
    assert '<td class="number">1</td>' in drawn
    assert '<th scope="col">Name</th>' in drawn


def test_a_table_that_phones_set_in_two_lines_a_row_says_what_its_parts_are() -> None:
    table = Table(tuple(map(words, "abcd")), (tuple(map(words, "1234")),), numeric=3)
    drawn = html(reply(table))
    assert '<table class="wordy" role="table">' in drawn
    assert '<tr role="row"><td role="cell">1</td>' in drawn
    assert '<td role="cell" class="number">4</td>' in drawn
