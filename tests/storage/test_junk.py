"""What a command does not understand is named, and nothing is written (promise 23)."""

from itertools import product

import pytest

from bot.commands import COMMANDS
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import SORRY, Frontend, buttons, frontend, shown
from tests.storage.stored_rows import rows

TYPED = [command.name for command in COMMANDS if not command.hidden]
OPEN = {"log", "checkin"}
"""Whatever is said to these may be a note."""
CHANGES = ("settings", "invite", "place", "leave", "members", "roadmap", "stop")
CONVERSATION = {"request", "question", "kept_request", "answer_group"}


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """Ada organises a group; guest has never started."""
    frontend_ = frontend(sqlite, roadmaps)
    frontend_.enrol("ada")
    frontend_.say("ada", "/group create", "/group join by my name", group="cafe")
    frontend_.say("ada", "/log 1h", "/project submit https://example.org")
    return frontend_


def kept(database: SqlDatabase) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of the conversation itself."""
    return {name: table_rows for name, table_rows in rows(database).items() if name not in CONVERSATION}


def check(here: Frontend, database: SqlDatabase, who: str, line: str, junk: str) -> None:
    """The junk is named, a way on is there, and nothing was written."""
    before = kept(database)
    answer = here.say(who, line)
    text = shown(answer)
    assert not text.startswith(SORRY), line
    assert junk in text, (line, text)
    assert buttons(answer) or "/" in text or "I need" in text or (answer.reply and answer.reply.expects), (
        line,
        text,
    )
    assert kept(database) == before, line


def test_junk_behind_a_command_is_named_and_does_nothing(here: Frontend, sqlite: SqlDatabase) -> None:
    for name, junk in product(TYPED, ("frobnicate", "xyzzy now please", "“frobnicate”", "frobnicate 99")):
        if name not in OPEN:
            check(here, sqlite, "ada", f"/{name} {junk}", junk.split()[0].strip("“”"))


def test_junk_behind_a_change_of_a_group_is_named_and_does_nothing(here: Frontend, sqlite: SqlDatabase) -> None:
    when = ("friday", "17:00", "Europe/Berlin")
    for change, junk in product(CHANGES, ("frobnicate", "please", "everybody now", "hidden", *when)):
        if change != "settings" or junk not in when:
            check(here, sqlite, "ada", f"/group {change} {junk}", junk.split()[0])


def test_words_that_make_no_sense_there_are_named(here: Frontend, sqlite: SqlDatabase) -> None:
    for line, junk in (
        ("/group hidden", "hidden"),
        ("/group checkin", "checkin"),
        ("/group remove nobody", "nobody"),
        ("/group organiser monday", "monday"),
        ("/group remove 17:00", "17:00"),
        ("/group join 7KQM-2XW", "7KQM-2XW"),
        ("/group join 0O1I-AAA1", "0O1I-AAA1"),
        ("/link nonsense", "nonsense"),
        ("/link undo please", "undo please"),
        ("/link 7KQM2XW", "7KQM2XW"),
        ("/project 99", "99"),
        ("/project withdraw it", "it"),
        ("/leaderboard week blah", "blah"),
        ("/deleteme now please", "now please"),
        ("/privacy x", "x"),
        ("/export as pdf", "as pdf"),
        ("/upload my file", "my file"),
        ("/quiz 7", "7"),
        ("/settings dark", "dark"),
        ("/checkin blah", "blah"),
    ):
        check(here, sqlite, "ada", line, junk)


def test_a_name_is_a_name_whatever_it_looks_like(here: Frontend) -> None:
    for name in ("Friday", "Berlin", "Week", "Ada", "17:00", "May"):
        assert f"{name} is on the board of cafe now" in shown(here.say("ada", f"/group join {name}"))
    for title in ("Friday Berlin", "Week 3", "Berlin"):
        assert shown(here.say("ada", f"/group create {title}")).startswith(title)


def test_words_are_not_lost_where_the_group_is_asked_for(here: Frontend) -> None:
    here.say("ada", "/group create Evening")
    answer = here.say("ada", "/group remove nobody")
    assert "Which group?" in shown(answer)
    assert "Nobody is shown as “nobody” in Evening." in shown(here.press("ada", answer, "Evening"))
    answer = here.say("ada", "/group wednesday 17:00")
    assert "Wednesday at 17:00" in shown(here.press("ada", answer, "Evening"))
