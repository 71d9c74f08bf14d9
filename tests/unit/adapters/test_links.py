"""A link does what it was made for, for whom it was made, at the bot that made it; else it is a plain Start."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.telegram.links import Links
from bot.dialogue.request import write_token

TOKEN = "123456:AAE-a_secret_of_this_bot"
LINKS = Links(TOKEN, "buddybot")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")

people = st.integers(1, 2**52).map(str)
requests = st.builds(
    lambda command, entry: write_token(command, {"e": entry} if entry else {}),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12),
    st.text("abcdefghij0123456789:/ü ", max_size=6),
)


def payload(link: str) -> str:
    return link.removeprefix("https://t.me/buddybot?start=")


def altered(link: str, at: int, to: str) -> str:
    return link[:at] + to + link[at + 1 :]


@given(people, requests)
@settings(max_examples=100, deadline=None)
def test_a_link_holds_its_request_in_letters_that_telegram_takes(person: str, token: str) -> None:
    link = payload(LINKS.to(person, token))
    assert PAYLOAD.fullmatch(link)
    if len(token.encode()) <= 40:
        assert LINKS.read(person, link) == token


@given(people, people, requests)
@settings(max_examples=50, deadline=None)
def test_a_link_is_a_plain_start_in_anybody_elses_hands(maker: str, other: str, token: str) -> None:
    if maker != other:
        assert LINKS.read(other, payload(LINKS.to(maker, token))) is None


def test_a_link_of_another_bot_is_a_plain_start() -> None:
    for other in (Links("123456:AAE-another_secret", "buddybot"), Links("", "buddybot")):
        assert LINKS.read("7", payload(other.to("7", "1.today"))) is None


def test_no_letter_of_a_link_can_be_changed() -> None:
    link = payload(LINKS.to("7", "1.undo?entry=12"))
    for at in range(len(link)):
        for to in "AQgw_-zZ09":
            if to != link[at]:
                assert LINKS.read("7", altered(link, at, to)) in {None, "1.undo?entry=12"}
    # The last letters may carry bits that are no part of the request; the others may not.
    assert not any(LINKS.read("7", altered(link, at, "A" if link[at] != "A" else "B")) for at in range(len(link) - 1))


def test_a_piece_of_a_link_is_a_plain_start() -> None:
    link = payload(LINKS.to("7", "1.undo?entry=12"))
    assert not any(LINKS.read("7", link[:length]) for length in range(len(link)))
    assert not any(LINKS.read("7", link[length:]) for length in range(1, len(link)))


@pytest.mark.parametrize(
    "typed", ["", "hello", "a", "=", "====", "ü", "👍", "AAAAAAAAAAA", "A" * 64, "-" * 64, "\x00", "a b"]
)
def test_what_is_no_link_is_a_plain_start(typed: str) -> None:
    assert LINKS.read("7", typed) is None


@given(st.text(max_size=70))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_behind_start_is_read_or_refused(typed: str) -> None:
    assert LINKS.read("7", typed) is None


def test_the_longest_request_that_fits_is_in_the_link() -> None:
    for length in range(30, 50):
        token = "1." + "x" * (length - 2)
        link = payload(LINKS.to("7", token))
        assert (LINKS.read("7", link) == token) == (length <= 40)
        assert len(link) <= 64


def test_the_first_request_that_fits_is_taken() -> None:
    long = "1.log?_=" + "x" * 50
    assert LINKS.read("7", payload(LINKS.to("7", long, "1.log", "1.today"))) == "1.log"
    assert payload(LINKS.to("7", long)) == payload(LINKS.to("7")) == "hello"


def test_what_came_from_a_link_is_told_from_what_was_typed() -> None:
    link = payload(LINKS.to("7", "1.today"))
    assert LINKS.is_one(link)
    assert LINKS.is_one(altered(link, 0, "A" if link[0] != "A" else "B"))
    assert LINKS.is_one(payload(LINKS.to("7")))
    assert not any(map(LINKS.is_one, ("", "8", "8h", "Berlin", "8 h a week", "ml-researcher", "ü")))


def test_the_bots_own_address_has_no_request_in_it() -> None:
    assert LINKS.bot == "https://t.me/buddybot"
    assert TOKEN not in LINKS.to("7", "1.today")
