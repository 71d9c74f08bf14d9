"""A full disk, a file that is taken away and a person who is deleted, amid a batch (promises 13, 26 and 38)."""

from pathlib import Path

import pytest

from bot.ports.database import Unconfirmed
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.faults.batches import handle_together, run_together, speaks, unhurried, with_learners
from tests.storage.frontend import SORRY, Frontend, shown, token
from tests.storage.stored_rows import studied

__all__ = ["unhurried"]

pytestmark = pytest.mark.usefixtures("unhurried")

BEFORE, AFTER = "carol", "dave"


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """The program on an SQLite file, with three learners."""
    return with_learners(sqlite, roadmaps, BEFORE, AFTER, "ada")


def test_a_disk_that_is_full_amid_a_batch_is_said_to_those_who_are_not_saved(
    here: Frontend, sqlite: SqlDatabase
) -> None:
    notes = [f"note {n} {'x' * 400}" for n in range(40)]
    requests = [here.typed("ada", f'/log {11 + n}m "{note}"') for n, note in enumerate(notes)]
    with sqlite.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    answers = handle_together(here, sqlite, *requests)
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    logged = {note for note, answer in zip(notes, answers, strict=True) if shown(answer).startswith("Logged")}
    assert all(shown(answer).startswith(("Logged", SORRY)) for answer in answers)
    assert 0 < len(logged) < len(notes)
    assert {line["note"] for line in studied(sqlite)} == logged
    again = handle_together(here, sqlite, *requests)
    assert all(shown(answer).startswith("Logged") for answer in again)
    assert sum(line["minutes"] for line in studied(sqlite)) == sum(range(11, 51))


def test_a_file_taken_away_during_a_shared_commit_is_logged_for_nobody(
    here: Frontend, sqlite: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = sqlite._file
    assert watched is not None
    confirm = watched.confirm

    def taken_away() -> None:
        Path(str(sqlite.url.database)).unlink(missing_ok=True)
        confirm()

    monkeypatch.setattr(watched, "confirm", taken_away)
    results = run_together(sqlite, speaks(1, "a"), speaks(2, "b"))
    assert [type(result) for result in results] == [Unconfirmed, Unconfirmed]


def test_who_is_deleted_in_a_batch_has_left_the_file_before_anybody_is_answered(
    here: Frontend, sqlite: SqlDatabase
) -> None:
    here.say("ada", '/log 20m "yellowbird"')
    asked = here.say("ada", "/deleteme")
    requests = [
        here.typed(BEFORE, "/log 20m"),
        here.typed("ada", '/log 25m "yellowbird too"'),
        here.pressed("ada", token(asked, "Delete everything")),
        here.typed(AFTER, "/log 20m"),
    ]
    assert traces(sqlite, "yellowbird")
    answers = handle_together(here, sqlite, *requests)
    assert [shown(answer)[:9] for answer in answers][::3] == ["Logged 20"] * 2
    assert traces(sqlite, "yellowbird") == []


def traces(database: SqlDatabase, words: str) -> list[str]:
    """The files in which somebody who reads bytes finds the words."""
    file = Path(str(database.url.database))
    return [path.name for path in sorted(file.parent.glob(f"{file.name}*")) if words.encode() in path.read_bytes()]
