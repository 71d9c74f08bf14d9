"""The number of a group in a button opens nothing to whoever is not in it, be they an organiser elsewhere."""

import pytest

from bot.commands import COMMANDS
from bot.dialogue.all_commands import with_subs
from bot.dialogue.command import Command
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, forged, frontend, shown
from tests.storage.stored_rows import lines, rows

WITH_A_GROUP = [command for command in with_subs(COMMANDS) if command.option("of") and not command.scheduled]
MORE = {"shown": "name", "kind": "checkin", "weekday": "friday", "switch": "on", "name": "Ada", "live": "0", "new": "1"}
MORE |= {
    "day": "tomorrow",
    "at": "20:00",
    "sure": "1",
    "yes": "1",
    "track": "ml-researcher",
    "who": "1",
    "session": "1",
}


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    here = frontend(sqlite, roadmaps)
    for who in ("ada", "bob"):
        here.enrol(who)
    here.say("ada", "/group create", '/group join "Ada Yellowbird"', "/session tomorrow 20:00", group="parlour")
    here.say("bob", "/group create", '/group join "Bob"', group="attic")
    return here


@pytest.mark.parametrize("command", WITH_A_GROUP, ids=lambda command: command.name)
def test_an_organiser_elsewhere_sees_and_changes_nothing(command: Command, here: Frontend, sqlite: SqlDatabase) -> None:
    name, taken = command.name, {option.name for option in command.options}
    (parlour,) = (line["id"] for line in lines(sqlite, "study_group") if line["title"] == "parlour")
    args = {"of": str(parlour)} | {option: value for option, value in MORE.items() if option in taken}
    before = rows(sqlite)
    for given in ({"of": str(parlour)}, args):
        for group in (None, "attic"):
            answer = shown(here.handle(here.pressed("bob", forged(name, **given), group=group))[0])
            assert "parlour" not in answer
            assert "Yellowbird" not in answer
    theirs = {"study_group", "membership", "place", "reminder", "web_key", "study_session", "attendance", "delivery"}
    changed = {table for table, stored in rows(sqlite).items() if stored != before[table]}
    assert not changed & theirs
