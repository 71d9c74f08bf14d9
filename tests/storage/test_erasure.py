"""Who was deleted has left the file, its free pages and its log (promise 26)."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert

from bot.core.learner import Account
from bot.storage.database import SqlDatabase
from bot.storage.tables import kept_request
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, frontend, shown, token
from tests.storage.stored_rows import belongings, count, holding, lines, rows

CANARY = "yellowbird"


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Iterator[Frontend]:
    """A frontend on a file."""
    yield frontend(sqlite, roadmaps)
    sqlite.close()


def traces(database: SqlDatabase) -> list[str]:
    """The files in which somebody who reads bytes finds the words."""
    file = Path(str(database.url.database))
    return [path.name for path in sorted(file.parent.glob(f"{file.name}*")) if CANARY.encode() in path.read_bytes()]


@pytest.mark.parametrize("seed", range(3))
def test_no_byte_is_left_of_somebody_who_asked_to_be_deleted(here: Frontend, sqlite: SqlDatabase, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    for who in ("ada", "ben", "cleo"):
        here.enrol(who)
    for n in range(250):
        who = random.choice(("ada", "ben", "cleo", "ada"))
        note = f"{CANARY if who == 'ada' else 'sparrow'} {n} {'x' * random.choice((3, 80, 900))}"
        here.say(who, f'/log {11 + n % 40}m yesterday "{note[:480]}"')
        if n % 7 == 0:
            here.say(who, "/undo")
    assert traces(sqlite)
    asked = here.say("ada", "/deleteme")
    assert shown(here.press("ada", asked, "Delete everything"))
    assert traces(sqlite) == []
    here.say("ben", "/today")
    assert traces(sqlite) == []


def test_what_a_reader_still_sees_leaves_the_log_when_it_has_read(here: Frontend, sqlite: SqlDatabase) -> None:
    here.enrol("ada")
    here.enrol("ben")
    here.say("ada", f'/log 30m "{CANARY}"')
    watched = sqlite._file
    assert watched is not None
    with watched.readers.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM entry").scalar()
        asked = here.say("ada", "/deleteme")
        here.press("ada", asked, "Delete everything")
    here.say("ben", "/log 5m")
    assert traces(sqlite) == []


def test_forgetting_an_account_leaves_no_byte_either(here: Frontend, sqlite: SqlDatabase) -> None:
    here.say("stranger", f"/lgo {CANARY}")
    assert traces(sqlite)
    sqlite.transact(lambda uow: uow.privacy.forget(Account("terminal", "stranger", "stranger")))
    assert traces(sqlite) == []


def test_who_is_forgotten_leaves_no_byte_though_others_write_in_the_same_commit(
    here: Frontend, sqlite: SqlDatabase
) -> None:
    for who in ("ada", "ben", "eve"):
        here.enrol(who)
    here.say("ada", f'/log 30m "{CANARY}"')
    asked = token(here.say("ada", "/deleteme"), "Delete everything")
    here.handle(here.typed("ben", "/log 5m"), here.pressed("ada", asked), here.typed("eve", "/log 5m"))
    assert traces(sqlite) == []


def test_a_stranger_who_asks_to_be_forgotten_leaves_no_choice_of_theirs(here: Frontend, sqlite: SqlDatabase) -> None:
    for who in ("bob", CANARY):
        here.say(who, "/language de", "/timezone Europe/Paris")
    assert count(sqlite, "preference") == 2
    here.say(CANARY, "/deleteme")
    assert count(sqlite, "preference") == 1


def test_buttons_with_the_name_of_whoever_is_deleted_go_and_no_others(here: Frontend, sqlite: SqlDatabase) -> None:
    for who in ("ada", CANARY, "Lo", "bob"):
        here.enrol(who)
    here.say("ada", "/group create", group="cafe")
    for who in (CANARY, "Lo", "bob"):
        here.say(who, "/group join by my name", group="cafe")
    here.say("bob", "/today")
    here.say("ada", "/group remove")
    bob = next(line["learner"] for line in lines(sqlite, "account") if line["external_id"] == "bob")
    former = f"1.group?change=remove&who={CANARY}"
    with sqlite.engine.begin() as connection:
        connection.execute(insert(kept_request).values(learner=bob, request=former, kept_at=here.now))
    before = belongings(sqlite, "question", "bob")
    assert any("Log another time" in str(line["offered"]) for line in before), before
    for who in (CANARY, "Lo"):
        here.press(who, here.say(who, "/deleteme"), "Delete everything")
    assert holding(rows(sqlite), CANARY) == []
    assert belongings(sqlite, "question", "bob") == before
