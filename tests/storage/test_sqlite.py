"""An SQLite file survives a power cut, keeps its references and loses no update between processes."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError

from bot.storage import engines
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.storage.frontend import frontend
from tests.storage.stored_rows import lines

TIMES = 100
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def quick_disk() -> None:
    """Here the disk is waited for."""


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5_000), ("secure_delete", 1)],
)
def test_the_connection_is_set_up_for_durability(sqlite: SqlDatabase, name: str, value: object) -> None:
    with sqlite.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value


def test_the_settings_come_back_with_a_new_connection(sqlite: SqlDatabase) -> None:
    sqlite.engine.dispose()
    with sqlite.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_transaction_holds_the_writers_lock_from_its_first_moment(sqlite: SqlDatabase) -> None:
    begun: list[str] = []
    with sqlite.engine.connect() as connection:
        connection.connection.driver_connection.set_trace_callback(begun.append)  # type: ignore[union-attr]
        connection.begin()
        connection.rollback()
        connection.connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
    assert begun == ["BEGIN IMMEDIATE", "ROLLBACK"]


def test_a_row_without_its_owner_is_refused(sqlite: SqlDatabase) -> None:
    with pytest.raises(IntegrityError), sqlite.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO quiz_try (learner, question, knew, at) VALUES (7, 'q', 1, '2026-01-05 08:00:00')"
        )


def test_everything_runs_on_one_thread_and_one_connection(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    here = frontend(sqlite, roadmaps)
    here.enrol("ada")
    seen: set[tuple[str, int]] = set()

    def note(connection: Connection) -> None:
        seen.add((threading.current_thread().name, id(connection.connection.driver_connection)))

    event.listen(sqlite.engine, "begin", note)
    here.handle(*(here.typed("ada", f"/log {n}m") for n in range(11, 21)))
    assert len(seen) == 1


@pytest.mark.slow
def test_two_processes_that_count_up_lose_nothing(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    frontend(sqlite, roadmaps).enrol("ada")
    file = Path(str(sqlite.url.database))
    command = [sys.executable, "-m", "tests.storage.counting", str(file), str(TIMES)]
    pipe = subprocess.PIPE
    counters = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) for _ in range(2)]
    for counter in counters:
        assert counter.stdout is not None
        assert counter.stdout.readline() == "ready\n", counter.communicate()[1]
    for counter in counters:
        assert counter.stdin is not None
        counter.stdin.write("\n")
        counter.stdin.flush()
    errors = [counter.communicate(timeout=60)[1] for counter in counters]
    assert [counter.returncode for counter in counters] == [0, 0], errors
    assert [line["locale"] for line in lines(sqlite, "learner")] == [str(2 * TIMES)]
    with opened(sqlite.url) as again, again.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_what_is_deleted_is_overwritten_whatever_the_library_was_built_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_sqlite = engines.open_sqlite

    def careless(file: Path, mode: str | None = None) -> sqlite3.Connection:
        connection = open_sqlite(file, mode)
        connection.execute("PRAGMA secure_delete=OFF")
        return connection

    monkeypatch.setattr(engines, "open_sqlite", careless)
    with opened(f"sqlite:///{tmp_path / 'study.db'}") as database, database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1
