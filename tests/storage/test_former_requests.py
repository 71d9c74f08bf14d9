"""Buttons, questions and saved requests of earlier versions go on working: what they meant is what happens."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.ids import LearnerId
from bot.dialogue.request import read_token
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, account, buttons, frontend, shown
from tests.storage.stored_rows import lines

OLD = [
    # what was pressed in the group's chat, and what was said to it
    ("1.group", "cafe has a study group"),
    ("1.group?change=create", "cafe has a study group"),
    ("1.group?change=settings&of={of}", "cafe has a study group"),
    ("1.group?zone=Europe/Berlin&of={of}", "Europe/Berlin"),
    ("1.group?kind=checkin&at=20:00&of={of}", "Sunday at 20:00"),
    ("1.group?weekday=thursday&of={of}", "Thursday at 09:00"),
    ("1.group?live=0&of={of}", "Live board: off"),
    ("1.group?live=1&of={of}", "Live board: on"),
    ("1.group?change=invite&of={of}", "An invitation to cafe"),
    ("1.group?change=place&of={of}", "A code for one more chat of cafe"),
    ("1.group?change=members&of={of}", "Members of cafe"),
    ("1.group?change=join&of={of}", "How shall cafe see you?"),
    ("1.group?change=join&of={of}&shown=name", "ada is on the board of cafe now"),
    ("1.group?change=join&of={of}&shown=alias&words=Ada%20L.", "Ada L. is on the board of cafe now"),
    ("1.group?change=join&of={of}&shown=hidden", "You are in cafe, and nobody there sees it."),
    ("1.group?change=organiser&of={of}", "Who?"),
    ("1.group?change=organiser&of={of}&who={ben}", "ben is an organiser of cafe now."),
    ("1.group?change=remove&of={of}&who={ben}", "ben is out of cafe"),
    ("1.group?change=roadmap&of={of}", "A file of your own comes with"),
    ("1.group?change=stop&of={of}", "I send nothing here by myself any more."),
    ("1.group?change=leave&of={of}", "You have left cafe"),
    ("1.group?_=invite", "An invitation to cafe"),
    ("1.leaderboard?span=mine&of={of}", "cafe, 5–11 Jan"),
    ("1.leaderboard?span=month&by=hours&of={of}", "cafe, 1–5 Jan"),
    ("1.reminders", "Your reminders"),
    ("1.reminders?kind=checkin", "Choose, or type for example"),
    ("1.reminders?kind=checkin&weekday=friday", "Friday at 18:00: how the week went"),
    ("1.reminders?kind=checkin&switch=on&weekday=friday&at=17:00", "Friday at 17:00: how the week went"),
    ("1.reminders?switch=off", "muted"),
    ("1.reminders?switch=on", "Wednesday at 18:00"),
    ("1.catchup", "You are not behind."),
    ("1.catchup?way=trim", "These would be left out"),
    ("1.catchup?way=pace", "How many hours a week?"),
    ("1.catchup?way=pace&hours=600m", "10 h a week"),
    ("1.catchup?way=pace&take=1&hours=600m", "Done: Other hours a week."),
]
PRIVATE = ("invite", "place", "members", "join", "organiser", "remove", "roadmap", "leave", "mine")


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """Ada organises a group, ben is in it."""
    frontend_ = frontend(sqlite, roadmaps)
    for who in ("ada", "ben"):
        frontend_.enrol(who)
        frontend_.say(who, "/group create" if who == "ada" else "/group", "/group join by my name", group="cafe")
    return frontend_


def numbered(database: SqlDatabase, token: str) -> str:
    """The token with the numbers that its rows have here."""
    ben = next(line["learner"] for line in lines(database, "membership") if line["name"] == "ben")
    return token.format(of=lines(database, "study_group")[0]["id"], ben=ben)


@pytest.mark.parametrize(("token", "expected"), OLD, ids=[token for token, _ in OLD])
def test_an_old_button_does_what_it_did(here: Frontend, sqlite: SqlDatabase, token: str, expected: str) -> None:
    answer = here.handle(here.pressed("ada", numbered(sqlite, token), group="cafe"))[0]
    assert expected in shown(answer)
    if token.startswith(("1.group", "1.leaderboard")):
        assert answer.private is any(f"={word}" in token for word in PRIVATE)


def test_what_was_taken_with_old_buttons_is_taken_back_with_them(here: Frontend, sqlite: SqlDatabase) -> None:
    def press(token: str) -> str:
        return shown(here.handle(here.pressed("ada", token))[0])

    assert "Done: Trim to the core." in press("1.catchup?way=trim&take=1")
    left_out = [line["id"] for line in lines(sqlite, "entry") if line["kind"] == "trim"]
    assert "is back in your plan" in press(f"1.catchup?back={left_out[0]}")
    adjustment = lines(sqlite, "adjustment")[0]["id"]
    assert "Took it back: Trim to the core." in press(f"1.catchup?undo={adjustment}")


@pytest.mark.parametrize(
    ("question", "typed", "expected"),
    [
        ("1.group?change=create&%3F=words", "Evening", "Evening"),
        ("1.group?change=join&of={of}&shown=alias&%3F=words", "Ada L.", "Ada L. is on the board of cafe now"),
        ("1.group?change=remove&of={of}&%3F=words", "ben", "ben is out of cafe"),
        ("1.catchup?%3F=way", "trim to the core", "These would be left out"),
        ("1.catchup?%3F=way", "10h", "10 h a week"),
        ("1.catchup?way=pace&%3F=hours", "10", "10 h a week"),
        ("1.reminders?kind=checkin&%3F=weekday", "on friday", "Friday at 18:00: how the week went"),
    ],
)
def test_an_old_question_is_answered(
    here: Frontend, sqlite: SqlDatabase, question: str, typed: str, expected: str
) -> None:
    asked = numbered(sqlite, question)
    sqlite.transact(lambda uow: uow.conversation.set_question(account("ada"), None, asked))
    assert expected in shown(here.say("ada", typed))


def test_an_old_button_is_pressed_by_its_label_and_out_of_what_was_kept(here: Frontend, sqlite: SqlDatabase) -> None:
    token = numbered(sqlite, "1.group?change=members&of={of}")
    offered = json.dumps([[token, "Members"]])
    sqlite.transact(lambda uow: uow.conversation.set_question(account("ada"), None, None, offered))
    assert "Members of cafe" in shown(here.say("ada", "members"))
    learner = LearnerId(next(line["id"] for line in lines(sqlite, "learner")))
    number = sqlite.transact(lambda uow: uow.conversation.save_request(learner, token, here.now))
    assert "Members of cafe" in shown(here.handle(here.pressed("ada", f"1.kept?n={number}"))[0])


def test_an_old_saved_request_is_still_said(here: Frontend, sqlite: SqlDatabase) -> None:
    for token in ("1.group?change=members&of={of}", "1.leaderboard?live=1&of={of}"):
        request = replace(here.pressed("ada", numbered(sqlite, token), group="cafe"), pressed=False)
        answer = asyncio.run(here.dispatcher.compose(request, here.now + timedelta(days=1)))
        assert "cafe" in shown(answer)


def test_what_a_forged_old_button_names_does_nothing(here: Frontend, sqlite: SqlDatabase) -> None:
    def pressed(token: str) -> str:
        return shown(here.handle(here.pressed("ada", token, group="cafe"))[0])

    for token in ("1.group?change=explode", "1.group?change=", "1.catchup?way=undo", "1.catchup?undo=99999"):
        assert pressed(token).startswith(("This button no longer works", "I need", "I cannot find", "Which"))


def test_a_new_button_names_its_sub_command(here: Frontend) -> None:
    def every() -> Iterator[str]:
        for words in ("/catchup", "/catchup trim"):
            yield from (button.command for button in buttons(here.say("ada", words)))

    assert "catchup.trim" in set(every())
    assert read_token("1.group.invite?of=1") == ("group.invite", {"of": "1"})
