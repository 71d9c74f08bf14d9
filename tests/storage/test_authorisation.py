"""Nobody sees or changes another's data with a button, an id or a guess (promise 21)."""

import pytest

from bot.dialogue.answer import Answer
from bot.storage.database import SqlDatabase
from bot.storage.tables import metadata
from tests.storage.frontend import Frontend, forged, shown, tokens
from tests.storage.stored_rows import belongings, count, lines

CANARY = "yellowbird"
LONG = f"{CANARY} has a note that is much too long for any button and so is kept in the database under a number"
PRIVATE = [
    *("/today", "/history", "/progress", "/why", "/plan", "/module", "/settings", "/reminders", "/export", "/privacy"),
    *(f'/log 90m "{LONG}"', f"/log 90m {LONG}", f"/log 30m tomorrow {LONG}", f"/lgo 1h {LONG}", "/undo", "/done"),
    *("/pace 6", "/pause 2 weeks", "/resume", "/timezone Berlin", "/language en", "/checkin", "/quiz", LONG),
    *("/leaderboard", "/deleteme", f"/log {LONG}", "/history"),
]
IN_THE_GROUP = [
    "/group create",
    '/group join "Ada L."',
    "/leaderboard",
    "/group members",
    "/group invite",
    "/group",
    "/today",
    f"/log {LONG}",
    "/deleteme",
]


@pytest.fixture
def answers(here: Frontend) -> list[Answer]:
    """Everything the bot has ever said to ada, who has confided much to it."""
    in_private = [here.say("ada", words) for words in PRIVATE]
    return in_private + [here.say("ada", words, group="cafe") for words in IN_THE_GROUP]


def kept(database: SqlDatabase) -> dict[str, list[dict[str, object]]]:
    """All that is ada's."""
    return {name: belongings(database, name, "ada") for name in metadata.tables}


@pytest.mark.parametrize("eve", ["learner", "stranger"])
def test_another_who_presses_every_button_sees_and_changes_nothing(
    here: Frontend, database: SqlDatabase, answers: list[Answer], eve: str
) -> None:
    if eve == "learner":
        here.enrol("eve")
    before, pressed = kept(database), 0
    for group in (None, "cafe"):
        for label, token in (button for answer in answers for button in tokens(answer)):
            assert CANARY not in token
            reply_text = here.handle(here.pressed("eve", token, group=group))[0]
            if reply_text.reply:
                assert CANARY not in shown(reply_text), label
                assert CANARY not in repr(reply_text), label
            pressed += 1
            if label == "Delete everything" and eve == "learner":
                here.enrol("eve")
    assert pressed > 140
    assert kept(database) == before


def test_another_who_guesses_every_number_sees_and_changes_nothing(
    here: Frontend, database: SqlDatabase, answers: list[Answer]
) -> None:
    here.enrol("eve")
    before = kept(database)
    entries = [line["id"] for line in lines(database, "entry")]
    requests = [line["id"] for line in lines(database, "kept_request")]
    assert len(entries) >= 3
    assert len(requests) >= 5
    guesses = [forged("undo", entry=str(n)) for n in range(max(entries) + 2)]
    guesses += [forged("kept", n=str(n)) for n in range(max(requests) + 2)]
    for who, token in ((who, token) for who in ("eve", "mallory") for token in guesses):
        reply_text = shown(here.handle(here.pressed(who, token))[0])
        assert CANARY not in reply_text
        assert reply_text.startswith(
            ("I cannot find that entry in your history.", "This button no longer works", "We have not started")
        )
    assert kept(database) == before


def test_the_owner_may_press_them_all(here: Frontend, database: SqlDatabase, answers: list[Answer]) -> None:
    numbers = [str(line["id"]) for line in lines(database, "kept_request")]
    reply_text = [shown(here.handle(here.pressed("ada", forged("kept", n=number)))[0]) for number in numbers]
    assert sum(CANARY in words for words in reply_text) >= 4
    assert not any("This button no longer works" in words for words in reply_text)


def test_a_nonsense_number_in_a_button_is_answered_without_a_failure(
    here: Frontend, caplog: pytest.LogCaptureFixture
) -> None:
    for command, key in (("kept", "n"), ("undo", "entry"), ("history", "page"), ("plan", "page"), ("module", "number")):
        for number in ("", "0", "-1", "abc", "1.5", "9" * 9, "9" * 30, "１", "1 OR 1=1", "1\n"):
            reply_text = here.handle(here.pressed("ada", forged(command, **{key: number})))[0]
            assert reply_text.reply is not None
            assert not caplog.records, (command, number)


def test_what_only_the_schedule_may_say_cannot_be_typed(here: Frontend, caplog: pytest.LogCaptureFixture) -> None:
    here.say("ada", "/log 1h")
    hidden = (
        "announcement",
        "nudge",
        "quiet",
        "words",
        "groupweek",
        "groupcheckin",
        "groupcall",
        "groupsession",
        "groupstarts",
        "sessionsoon",
        "sessionover",
        "sessionmoved",
        "sessionoff",
        "knock",
        "unwritable",
    )
    for command in (*hidden, "arrived", "removed", "moved", "blocked", "unblocked", "anonymous", "kept", "?"):
        assert shown(here.say("ada", f"/{command}")).startswith(f"I do not know /{command};")
        here.handle(here.pressed("ada", forged(command)))
        assert not caplog.records, command


def test_an_open_question_waits_for_whom_it_was_asked(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("eve")
    here.say("ada", "/log", group="cafe")
    assert here.say("eve", "45m", group="cafe").reply is None
    assert count(database, "entry") == 0
    assert shown(here.say("ada", "45m", group="cafe")).startswith("Logged 45 min")


def test_what_is_said_in_a_group_answers_no_question_asked_in_private(here: Frontend, database: SqlDatabase) -> None:
    for words in ("/log", "/checkin", "/catchup", "/log 45m"):
        here.say("ada", words)
        before = lines(database, "entry")
        for reply_text in ("45m", "done", "undo", "today"):
            assert here.say("ada", reply_text, group="cafe").reply is None, (words, reply_text)
        assert lines(database, "entry") == before


def test_words_of_a_stranger_are_kept_for_nobody(here: Frontend, database: SqlDatabase) -> None:
    here.say("mallory", f"/lgo 1h {LONG}", f"/histroy {LONG}")
    assert count(database, "kept_request") == 0
