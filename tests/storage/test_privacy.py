"""/export gives everything that is kept, /deleteme leaves nothing (promise 26)."""

import json
import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import update

from bot.delivery.planner import plan
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Attachment
from bot.dialogue.request import Request
from bot.ports.requests import CHANGED
from bot.storage.database import SqlDatabase
from bot.storage.privacy import DERIVED
from bot.storage.tables import live_message, metadata
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, forged, frontend, shown, tokens
from tests.storage.stored_rows import belongings, count, holding, lines, rows

CANARY = "yellowbird"
ITEM = "linear-regression"
WHO = f"{CANARY}-ada"
LONG = f"{CANARY} has a note that is much too long for any button and so is kept in the database under a number"
IMPERSONAL = {"study_group", "place", "roadmap_version", "live_message", "alembic_version", "preference"}
"""Tables that hold nothing of a learner: what a group is called and where it meets, and the language and time zone of
whoever is not one yet."""


def confide(here: Frontend, database: SqlDatabase, who: str, words: str) -> None:
    """Become a learner and say something personal wherever one can say anything."""
    here.enrol(who)
    here.say(who, f'/log 1h "{words}"', f'/log 20m tomorrow "{words}"', f"/log 40m {words}", f"/lgo 1h {words}")
    here.say(who, f"/done {words}", f"/timezone {words}", f"/language {words}", f"/reminders {words}", words)
    here.say(who, "/focus", "/sick", "/link", "/catchup 6h", "/calendar")
    here.press(who, here.say(who, "/catchup 7h"), "Take it")
    here.say(who, "/quiz", words, "/checkin done")
    here.press(who, here.say(who, "/checkin"), "Partly")
    here.say(who, "/log 8h")  # questions come after their lessons
    here.press(who, here.press(who, here.say(who, "/quiz"), "Show the answer"), "Not yet")
    here.say(
        who,
        "/group create",
        f'/group join "{words[:32]}"',
        "/leaderboard",
        "/group invite",
        f"/log {words}",
        group="cafe",
    )
    here.press(who, here.say(who, "/checkin stuck"), "Ask cafe")
    soon = f"{here.now + timedelta(minutes=10):%H:%M}"
    here.say(who, f'/session every friday 20:00 "{words[:90]}"', f'/session today {soon} "{words[:90]}"')
    session = str(max(line["id"] for line in lines(database, "study_session")))
    here.handle(here.pressed(who, forged("session.here", session=session)))
    here.say(who, f"/project submit https://example.org/{CANARY} {words}")
    here.press(who, here.say(who, "/project"), "○ 1")
    here.say(f"{who}-too", "/start", "4", "UTC", "/log 15m")
    code = re.search(r"/link (\S+-\S+)", shown(here.say(who, "/link")))
    assert code
    here.press(f"{who}-too", here.say(f"{who}-too", f"/link {code[1]}"), "Link the accounts")
    here.press(who, here.say(who, "/link"), "Link the accounts")
    here.say(who, f"/link {words[:20]}", "/link 7KQM-2XWD")
    here.handle(here.pressed(who, forged("look", review=asked_for(here, database, who))))
    here.handle(here.pressed(who, forged("congratulate", of=finished(here, database, who)), group="cafe"))
    here.say(who, f"/log {words}")  # a question stays open, here as in the group
    later = here.now + timedelta(days=8)
    database.transact(lambda uow: plan(uow, later))


def asked_for(here: Frontend, database: SqlDatabase, who: str) -> str:
    """Somebody else of the group asks for a look; the number of it."""
    other = f"{here.now:%H%M}-{len(who)}-joe"
    here.enrol(other)
    here.say(other, "/group join by my name", group="cafe")
    here.say(other, "/project submit https://example.org/")
    here.press(other, here.say(other, "/project"), "Ask cafe for a look")
    return str(max(line["id"] for line in lines(database, "review")))


def finished(here: Frontend, database: SqlDatabase, who: str) -> str:
    """Somebody else of the group finishes; the number of their enrollment."""
    other = f"{here.now:%H%M}-{len(who)}-eva"
    here.enrol(other)
    here.say(other, "/group join by my name", group="cafe")
    here.say(other, "/before 192h", "yes")
    return str(max(line["id"] for line in lines(database, "enrollment")))


def exported(here: Frontend, who: str) -> dict[str, list[dict[str, Any]]]:
    """The file that /export gives."""
    answer = here.say(who, "/export")
    assert answer.reply is not None
    file = next(block for block in answer.reply.blocks if isinstance(block, Attachment))
    tables: dict[str, list[dict[str, Any]]] = json.loads(file.content)
    return tables


def test_every_table_belongs_to_somebody_or_is_known_to_be_impersonal(here: Frontend) -> None:
    derived = {table.name for table in DERIVED}
    assert set(exported(here, "ada")) | IMPERSONAL | derived == set(metadata.tables) | {"alembic_version"}
    assert not set(exported(here, "ada")) & IMPERSONAL


def test_the_export_holds_every_row_of_the_learner_and_none_of_others(here: Frontend, database: SqlDatabase) -> None:
    confide(here, database, WHO, LONG)
    confide(here, database, "bob", LONG.replace(CANARY, "bluebird"))
    kept = {name: belongings(database, name, WHO) for name in metadata.tables}
    for table in DERIVED:  # sums of what is exported
        assert kept[table.name], table.name
    with_canary = set(holding(rows(database), CANARY))
    content = exported(here, WHO)
    for name, exported_rows in content.items():
        assert len(exported_rows) == len(kept[name]), name
        assert exported_rows, f"{name} holds nothing: this test proves nothing for it"
    assert with_canary == {name for name, exported_rows in content.items() if CANARY in json.dumps(exported_rows)}
    assert "bluebird" not in json.dumps(content)
    assert "bluebird" in json.dumps(exported(here, "bob"))


def test_whoever_is_deleted_leaves_no_word_and_no_row(here: Frontend, database: SqlDatabase) -> None:
    confide(here, database, WHO, LONG)
    ids = {line["learner"] for line in lines(database, "account") if line["external_id"] == WHO}
    assert len(holding(rows(database), CANARY)) >= 6
    mark = belongings(database, "request", WHO)[0]["who"]
    here.press(WHO, here.say(WHO, "/deleteme"), "Delete everything")
    after = rows(database)
    assert holding(after, CANARY) == []
    for table in metadata.tables.values():
        if "learner" in table.c:
            assert not ids & {line["learner"] for line in lines(database, table.name)}, table.name
    assert not ids & {line["id"] for line in lines(database, "learner")}
    assert mark not in {line["who"] for line in lines(database, "request")}
    assert {line["learner"] for line in lines(database, "enrollment")} == {
        line["id"] for line in lines(database, "learner")
    }


def test_deleting_one_person_touches_nobody_else(here: Frontend, database: SqlDatabase) -> None:
    confide(here, database, "bob", LONG.replace(CANARY, "bluebird"))
    confide(here, database, WHO, LONG)
    before = {name: belongings(database, name, "bob") for name in metadata.tables if name not in IMPERSONAL}
    here.press(WHO, here.say(WHO, "/deleteme"), "Delete everything")
    after = {name: belongings(database, name, "bob") for name in before}
    # What they were told about people of their group is not said again, here as in no other group.
    then, now = (sorted(kept.pop("request"), key=lambda line: str(line["id"])) for kept in (before, after))
    for was, is_ in zip(then, now, strict=True):
        assert is_ in (was, was | {"answer": CHANGED})
    assert after == before
    assert all(before.values())


def reviewed_and_linked(here: Frontend, database: SqlDatabase) -> tuple[str, str]:
    """Everybody in one group, which WHO organises with ada; WHO and bob review each other's project, and WHO's account
    waits to be linked with others. Returns the ids of the review of WHO's project and of bob's."""
    for who in (WHO, "bob", "cem"):
        here.enrol(who)
    here.say("ada", "/group create", group="cafe")
    for who in (WHO, "bob", "cem"):
        here.say(who, "/group join by my name", group="cafe")
    here.say("ada", f"/group organiser {WHO}")
    for who in (WHO, "bob"):
        here.say(who, f"/log 8h {ITEM}", f"/done {ITEM}")
    here.say(WHO, f"/project {ITEM} submit https://example.org/{CANARY} {CANARY}")
    here.press(WHO, here.say(WHO, f"/project {ITEM}"), "Ask cafe for a look")
    here.press(WHO, here.say(WHO, "/checkin stuck"), "Ask cafe")
    review = str(max(line["id"] for line in lines(database, "review")))
    here.say("bob", f"/project {ITEM} submit https://example.org/bob")
    here.press("bob", here.say("bob", f"/project {ITEM}"), "Ask cafe for a look")
    theirs = str(max(line["id"] for line in lines(database, "review")))
    kind = forged("look", review=theirs, verdict="done", say=f"{CANARY} likes it", send="1")
    here.handle(here.pressed(WHO, kind))
    for who in ("bob", "cem"):
        code = re.search(r"/link (\S+-\S+)", shown(here.say(who, "/link")))
        assert code
        here.press(WHO, here.say(WHO, f"/link {code[1]}"), "Link the accounts")
        here.say(who, "/link")
    return review, theirs


def questions(here: Frontend, review: str, theirs: str) -> list[Request]:
    """All that others can ask or press that names a member."""
    words = [
        *("/leaderboard", "/leaderboard month", "/leaderboard by hours"),
        *("/group members", "/group remove", "/group organiser"),
        *(f'/group join "{WHO}"', f"/group remove {WHO}x", "/group"),
        *("/project", "/link", f"/project {ITEM}", "/export", "/today", "/checkin"),
    ]
    presses = [
        forged("look", review=review),
        forged("invited", review=review),
        forged("reviewed", review=theirs),
        forged("review", review=review),
        forged("leaderboard", span="mine", of="1"),
    ]
    asked: list[Request] = []
    for who, group in product(("ada", "bob", "cem", "guest"), (None, "cafe")):
        asked += [here.typed(who, line, group=group) for line in words]
        asked += [here.pressed(who, press, group=group) for press in presses]
    return asked


def test_whoever_is_deleted_is_gone_from_all_that_others_were_shown(here: Frontend, database: SqlDatabase) -> None:
    asked = questions(here, *reviewed_and_linked(here, database))
    answers = [here.handle(request)[0] for request in asked]
    assert sum(CANARY in repr(answer) for answer in answers) > 30
    with database.engine.begin() as connection:
        connection.execute(update(live_message).values(refresh_at=None))  # the boards are shown as they are
    here.press(WHO, here.say(WHO, "/deleteme"), "Delete everything")
    assert holding(rows(database), CANARY) == []
    for who in ("ada", "bob", "cem"):
        assert CANARY not in json.dumps(exported(here, who))
    for request in asked:
        assert CANARY not in repr(here.handle(request)[0]), request
    due = [line["refresh_at"] for line in lines(database, "live_message") if line["kind"] == "board"]
    assert due
    assert all(str(at)[:16] == f"{here.now:%Y-%m-%d %H:%M}" for at in due)


@pytest.mark.parametrize("how", ["/group leave", "/group join hidden"])
def test_who_leaves_or_hides_is_gone_from_what_others_are_told_again(
    here: Frontend, database: SqlDatabase, how: str
) -> None:
    for who in (WHO, "bob"):
        here.enrol(who)
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.say("bob", "/group join by my name", group="cafe")
    joined = here.typed(WHO, "/group join by my name", group="cafe")
    theirs = here.handle(joined)[0]

    def answers_to(requests: list[Request]) -> list[Answer]:
        return [here.handle(request)[0] for request in requests]

    asked = [here.typed("bob", words) for words in ("/leaderboard", "/group members", f'/group join "{WHO}"')]
    asked.append(here.typed("ada", "/group remove"))
    assert all(CANARY in repr(answer) for answer in answers_to(asked))
    here.say(WHO, how)
    again = answers_to(asked)
    assert not any(CANARY in repr(answer) for answer in again)
    assert "Nobody is on the board" not in shown(again[0])
    assert shown(again[0]).startswith("cafe, 5–11 Jan")  # made anew, and not only taken away
    assert "That has changed since" in shown(again[2])
    assert not any(CANARY in str(line["answer"]) for line in belongings(database, "request", "bob"))
    assert shown(here.handle(joined)[0]) == shown(theirs)  # what they were told themselves they may read again


def test_a_redelivery_after_the_deletion_brings_nothing_back(here: Frontend, database: SqlDatabase) -> None:
    request = here.typed("ada", f'/log 1h "{CANARY}"')
    here.handle(request)
    here.press("ada", here.say("ada", "/deleteme"), "Delete everything")
    after = rows(database)
    assert here.handle(request)[0].reply is None
    assert rows(database) == after


def test_buttons_of_a_forgotten_life_do_nothing(here: Frontend, database: SqlDatabase) -> None:
    answers = [here.say("ada", words) for words in ("/log 1h", "/today", "/history", "/pace 6", "/pause", "/quiz")]
    here.press("ada", here.say("ada", "/deleteme"), "Delete everything")
    kept = {name: content for name, content in rows(database).items() if name not in {"request", "question"}}
    for answer in answers:
        for label, token in tokens(answer):
            reply_text = shown(here.handle(here.pressed("ada", token))[0])
            assert reply_text.startswith(("We have not started yet.", "How", "Until", "You are", "This button")), label
    assert {name: content for name, content in rows(database).items() if name in kept} == kept


def test_who_comes_back_is_a_new_person(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/log 1h")
    here.press("ada", here.say("ada", "/deleteme"), "Delete everything")
    assert shown(here.say("ada", "/deleteme")) == "I keep nothing about you."
    here.enrol("ada")
    assert shown(here.say("ada", "/history")) == "Nothing is logged yet."
    assert count(database, "learner") == 1


def test_what_somebody_said_before_they_started_is_deleted_as_well(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps)
    here.say(WHO, f"/lgo 1h {LONG}", f"/log {LONG}", f"/start 8 {LONG}", LONG)
    here.enrol(WHO)
    here.press(WHO, here.say(WHO, "/deleteme"), "Delete everything")
    assert holding(rows(database), CANARY) == []


def test_what_a_process_keeps_in_memory_goes_with_whoever_it_may_show(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here, dropped = frontend(database, roadmaps), list[str]()
    here.dispatcher.caches.append(lambda: dropped.append("pictures"))
    here.enrol("ada")
    here.say("ada", "/deleteme")
    assert dropped == []
    here.press("ada", here.say("ada", "/deleteme"), "Delete everything")
    assert dropped == ["pictures"]
