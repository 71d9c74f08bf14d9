"""Who may do what with a group's study sessions, whatever numbers they put into a button (promise 21)."""

import pytest

from bot.dialogue.answer import Answer
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import SORRY, Frontend, forged, frontend, shown
from tests.storage.stored_rows import count, lines

TABLES = ("study_session", "session_series", "attendance", "presence")


@pytest.fixture
def here(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """Ada organises the group of the cafe, ben is a member; eve organises another, in the library."""
    here = frontend(database, roadmaps)
    for who in ("ada", "ben", "eve"):
        here.enrol(who)
    for who in ("ada", "ben"):
        here.say(who, "/group create", "/group join by my name", group="cafe")
    here.say("eve", "/group create", "/group join by my name", group="library")
    here.say("ada", "/session every friday 20:00", "/session today 08:10", group="cafe")
    return here


def press(here: Frontend, who: str, command: str, group: str | None = None, **args: str) -> Answer:
    """Somebody presses a button that they have made up, or that was somebody else's."""
    return here.handle(here.pressed(who, forged(command, **args), group=group))[0]


def numbers(database: SqlDatabase, table: str = "study_session") -> list[str]:
    """The numbers under which sessions, or series, are kept."""
    return [str(line["id"]) for line in lines(database, table)]


def kept(database: SqlDatabase) -> list[object]:
    """All that is kept of sessions."""
    return [lines(database, table) for table in TABLES]


@pytest.mark.parametrize("group", [None, "cafe", "library"])
@pytest.mark.parametrize("command", ["in", "out", "here", "off", "cancel", "move", "stop"])
def test_who_is_not_in_the_group_can_do_nothing_with_its_sessions(
    here: Frontend, database: SqlDatabase, command: str, group: str | None
) -> None:
    before = kept(database)
    for number in (*numbers(database, "session_series" if command == "stop" else "study_session"), "999999"):
        args = {"series": number} if command == "stop" else {"session": number}
        args |= {"at": "21:00"} if command == "move" else {}
        for who in ("eve", "stranger"):
            text = shown(press(here, who, f"session.{command}", group, **args))
            assert not text.startswith(SORRY)
            assert "cafe" not in text or group == "cafe", text
    assert kept(database) == before


@pytest.mark.parametrize("command", ["cancel", "move"])
def test_a_member_changes_no_session_that_somebody_else_proposed(
    here: Frontend, database: SqlDatabase, command: str
) -> None:
    before = kept(database)
    for number in numbers(database):
        text = shown(press(here, "ben", f"session.{command}", session=number, at="21:00"))
        assert text.startswith("Only who proposed it, and organisers of cafe, can do that.")
    assert shown(press(here, "ben", "session.stop", series=numbers(database, "session_series")[0])).startswith(
        "Only who proposed it"
    )
    assert kept(database) == before


def test_an_organiser_calls_off_what_a_member_proposed(here: Frontend, database: SqlDatabase) -> None:
    here.say("ben", "/session tomorrow 20:00", group="cafe")
    session = str(max(line["id"] for line in lines(database, "study_session")))
    assert shown(press(here, "ada", "session.cancel", session=session)).startswith("Called off")
    assert [line["cancelled_at"] is not None for line in lines(database, "study_session")] == [False, False, True]


def test_what_the_schedule_says_of_sessions_is_said_to_nobody_who_asks(here: Frontend, database: SqlDatabase) -> None:
    session = numbers(database)[-1]
    press(here, "ben", "session.here", "cafe", session=session)
    for command in ("sessionsoon", "sessionover", "sessionmoved", "sessionoff", "groupsession"):
        for who in ("ada", "ben", "eve"):
            text = shown(press(here, who, command, session=session, moves="0"))
            assert text.startswith("This button no longer works")
    assert count(database, "entry") == 0


def test_a_group_has_no_more_than_ten_sessions_to_come(here: Frontend, database: SqlDatabase) -> None:
    for hour in range(10, 23):
        text = shown(here.say("ben", f"/session tomorrow {hour}:00", group="cafe"))
    assert "has 10 sessions to come already" in text
    assert count(database, "study_session") == 10


def test_who_deletes_their_account_leaves_no_words_in_what_they_proposed(here: Frontend, database: SqlDatabase) -> None:
    here.say("ben", '/session tomorrow 20:00 "secret"', '/session every monday 7:00 "secret"', group="cafe")
    here.press("ben", here.say("ben", "/deleteme"), "Delete everything")
    sessions = lines(database, "study_session")
    assert len(sessions) == 4
    assert [line["topic"] for line in sessions] == [None] * 4
    assert [line["learner"] for line in lines(database, "session_series")][1:] == [None]
    assert "secret" not in repr(sessions)
