"""Hours of a file, on each kind of database: logged in a few statements, and sums and snapshots say the same."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialogue.answer import Answer
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY
from tests.storage.frontend import Frontend, shown
from tests.storage.stored_rows import count, lines
from tests.storage.test_sums import verified

ROWS = 60


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    """A file with an hour on each of the last days."""
    days = (MONDAY.date() - timedelta(days=n) for n in range(ROWS))
    file = tmp_path / "hours.csv"
    file.write_text("Date,Duration,Note\n" + "".join(f"{day},1:00,day {n}\n" for n, day in enumerate(days)))
    return file


def brought(here: Frontend, file: Path) -> Answer:
    (answer,) = here.handle(here.brings("ada", file))
    return answer


def test_all_of_it_counts_is_taken_back_and_put_back(here: Frontend, database: SqlDatabase, hours: Path) -> None:
    taken = here.press("ada", brought(here, hours), "Log these")
    assert f"Logged {ROWS} entries of hours.csv: {ROWS} h" in shown(taken)
    first, *others = sorted(lines(database, "entry"), key=lambda line: line["id"])
    assert {line["part_of"] for line in others} == {first["id"]}
    assert [line["note"] for line in (first, *others)] == [f"day {n}" for n in reversed(range(ROWS))]
    assert count(database, "kept_request") == 0
    assert not verified(here, database)

    undone = here.press("ada", taken, "Undo")
    assert f"{ROWS} h on {ROWS} days, out of a file" in shown(undone)
    assert f"{ROWS} h" not in shown(here.say("ada", "/progress"))
    assert not verified(here, database)

    here.press("ada", undone, "Put it back")
    assert sum(line["minutes"] for line in lines(database, "entry")) == ROWS * 60
    assert f"{ROWS} h" in shown(here.say("ada", "/progress"))
    assert not verified(here, database)


def test_a_button_pressed_twice_logs_once(here: Frontend, database: SqlDatabase, hours: Path) -> None:
    answer = brought(here, hours)
    here.press("ada", answer, "Log these")
    assert "I no longer have that file" in shown(here.press("ada", answer, "Log these"))
    assert len(lines(database, "entry")) == ROWS


def test_nobody_else_takes_or_drops_them(here: Frontend, database: SqlDatabase, hours: Path) -> None:
    here.enrol("eve")
    answer = brought(here, hours)
    for label in ("Log these", "Not now"):
        assert "I no longer have that file" in shown(here.press("eve", answer, label))
    assert not lines(database, "entry")
    assert count(database, "kept_request") == 1
