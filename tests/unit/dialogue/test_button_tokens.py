"""A button is a saved request: its token is versioned, holds any words, and is told from what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.request import TOKEN_LIMIT, read_token, read_typed, write_token

names = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
any_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=100, deadline=None)
@given(names, st.dictionaries(names, any_words, max_size=4))
def test_a_token_holds_its_request(command: str, args: dict[str, str]) -> None:
    token = write_token(command, args)
    assert read_token(token) == (command, args)
    assert token.isascii()


@pytest.mark.parametrize(
    ("command", "args", "token"),
    [
        ("today", {}, "1.today"),
        ("undo", {"entry": "12"}, "1.undo?entry=12"),
        ("log", {"spent": "90m", "day": "2026-03-03"}, "1.log?spent=90m&day=2026-03-03"),
        ("start", {"zone": "Europe/Berlin"}, "1.start?zone=Europe/Berlin"),
        ("reminders", {"at": "18:30"}, "1.reminders?at=18:30"),
        ("log", {"note": "a b&c=d?e+f%ü"}, "1.log?note=a%20b%26c%3Dd%3Fe%2Bf%25%C3%BC"),
        ("log", {"note": ""}, "1.log?note="),
    ],
)
def test_tokens_are_short_and_work_after_an_update(command: str, args: dict[str, str], token: str) -> None:
    assert write_token(command, args) == token
    assert read_token(token) == (command, args)
    assert len(token) <= TOKEN_LIMIT


def test_the_tightest_platform_takes_64_bytes() -> None:
    assert TOKEN_LIMIT == 64


@pytest.mark.parametrize("token", ["", "today", "2.today", "0.today", "1", "1today", " 1.today", "12.today", "{}"])
def test_what_is_no_token_of_this_version_is_none(token: str) -> None:
    assert read_token(token) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_token_is_read_or_refused(token: str) -> None:
    for written in (token, f"1.{token}"):
        request = read_token(written)
        assert request is None or isinstance(request[0], str)


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ("/log 1h30", "log", "1h30"),
        ("/LOG 1h30", "log", "1h30"),
        ("  /log   1h30  calculus ", "log", "1h30  calculus"),
        ("/log@studybuddy_bot 1h30", "log", "1h30"),
        ("/today", "today", ""),
        ("/today@bot", "today", ""),
        ("/", "", ""),
        ("hello there", "", "hello there"),
        (" 1h30 ", "", "1h30"),
        ("", "", ""),
        ("what is /log", "", "what is /log"),
    ],
)
def test_typed_words_are_a_command_and_the_rest(words: str, command: str, rest: str) -> None:
    assert read_typed(words) == (command, rest)
