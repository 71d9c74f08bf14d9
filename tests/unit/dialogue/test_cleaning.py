"""Text that a database refuses is cleaned where requests come in, and is then the same on every database."""

from dataclasses import replace

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import File
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.conftest import database, swept
from tests.storage.frontend import SORRY, frontend, shown
from tests.storage.stored_rows import lines

__all__ = ["database", "swept"]

DIRTY = "a\x00b\ud800c"
CLEAN = "ab�c"


def test_a_note_with_nul_and_half_characters_is_logged_alike(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps)
    here.enrol("ada")
    assert shown(here.say("ada", f'/log 30m "{DIRTY}"')).startswith("Logged 30 min")
    assert [line["note"] for line in lines(database, "entry")] == [CLEAN]


def test_whatever_part_of_a_request_is_unfit_it_is_answered(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps)
    here.enrol("ada")
    plain = here.typed("ada", "/today")
    group = here.typed("ada", "/group create", group="cafe")
    dirty = [
        replace(plain, id=DIRTY),
        replace(plain, id="3", sender=Account("terminal", DIRTY, DIRTY)),
        replace(plain, id="4", command=DIRTY, rest=DIRTY),
        replace(plain, id="5", command="log", args={"spent": "20m", "note": DIRTY, DIRTY: DIRTY}),
        replace(plain, id="6", locale=DIRTY),
        replace(group, id="7", place=Place("terminal", f"cafe{DIRTY}", DIRTY)),
        replace(plain, id="8", command="upload", file=File(DIRTY, 3, b"a\x00b")),
        replace(plain, id="9", command="", rest=DIRTY),
        replace(plain, id="10", pressed=True, command="kept", args={"n": DIRTY}),
        replace(plain, id="2", sender=Account("terminal", "ada", DIRTY)),
    ]
    for request in dirty:
        (answer,) = here.handle(request)
        assert answer.reply is not None, request
        assert not shown(answer).startswith(SORRY), request
    assert CLEAN in {line["name"] for line in lines(database, "account")}
