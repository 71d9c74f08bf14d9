"""What only the schedule says is for nobody to press, whatever a forged button says."""

import pytest

from bot.commands import COMMANDS
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, forged, frontend, shown
from tests.storage.stored_rows import rows

ONLY = [command.name for command in COMMANDS if command.scheduled]
SAID = {
    "name": "ada",
    "of": "1",
    "call": "1",
    "session": "1",
    "place": "1",
    "since": "0",
    "live": "1",
    "day": "2026-01-12",
}


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    here = frontend(sqlite, roadmaps)
    for who in ("ada", "eve"):
        here.enrol(who)
    here.say("ada", "/group create", '/group join "Ada"', group="cafe")
    return here


def test_there_are_such_commands() -> None:
    assert {"knock", "groupweek", "groupcheckin", "finishtold"} <= set(ONLY)


@pytest.mark.parametrize("name", ONLY)
def test_a_forged_press_shows_and_writes_nothing(name: str, here: Frontend, sqlite: SqlDatabase) -> None:
    before = rows(sqlite)
    for group in ("cafe", None):
        answer = here.handle(here.pressed("eve", forged(name, **SAID), group=group))[0]
        assert "This button is from another time" in shown(answer)
    changed = {table for table, lines in rows(sqlite).items() if lines != before[table]}
    assert changed <= {"request", "question", "learner", "account", "place"}  # that she was there
