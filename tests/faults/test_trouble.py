"""A full disk, a locked or vanished database: an honest answer, nothing half done, recovery by itself (promise 13)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL

from bot.storage import engines, schema
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.conftest import MONDAY, fresh_postgresql
from tests.faults.interrupt import failing_at
from tests.storage.frontend import SORRY, Frontend, frontend, shown
from tests.storage.stored_rows import rows, studied

CANARY = "yellowbird"


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlDatabase]:
    """An SQLite database that does not wait long for a lock."""
    monkeypatch.setattr(engines, "BUSY_MS", 50)
    with opened(f"sqlite:///{tmp_path / 'study.db'}") as opened_database:
        schema.upgrade(opened_database, MONDAY)
        yield opened_database


@pytest.fixture
def server(postgresql: URL) -> Iterator[SqlDatabase]:
    """A PostgreSQL database."""
    with fresh_postgresql(postgresql) as url, opened(url) as opened_database:
        schema.upgrade(opened_database, MONDAY)
        yield opened_database


@pytest.fixture
def rescuer(postgresql: URL) -> Iterator[Connection]:
    """A connection to the server's own database, from which others can be cut off."""
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def learner(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """The program with one learner."""
    here = frontend(database, roadmaps)
    here.enrol("ada")
    return here


def test_a_locked_file_is_answered_honestly_and_waited_out(
    impatient: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = learner(impatient, roadmaps)
    before = rows(impatient)
    request = here.typed("ada", "/log 1h")
    with closing(sqlite3.connect(str(impatient.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert shown(here.handle(request)[0]).startswith(SORRY)
        other.execute("ROLLBACK")
    assert rows(impatient) == before
    assert shown(here.handle(request)[0]).startswith("Logged 1 h")


def test_a_full_disk_is_answered_honestly_and_leaves_nothing_half_done(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], caplog: pytest.LogCaptureFixture
) -> None:
    here = learner(sqlite, roadmaps)
    pragma(sqlite, "max_page_count = 1")  # SQLite's own limit: no page more than there are now
    before, after, n = rows(sqlite), rows(sqlite), 0
    while True:
        request = here.typed("ada", f'/log {11 + n % 50}m "{CANARY} {n} {"x" * 400}"')
        answer = here.handle(request)[0]
        if shown(answer).startswith(SORRY):
            break
        before, n = rows(sqlite), n + 1
    after = rows(sqlite)
    assert after == before
    assert pragma(sqlite, "integrity_check") == "ok"
    pragma(sqlite, "max_page_count = 100000")
    assert shown(here.handle(request)[0]).startswith("Logged")
    assert len(studied(sqlite)) == n + 1
    assert "disk is full" in caplog.text
    assert CANARY not in caplog.text


def test_a_connection_the_server_has_cut_is_replaced_unnoticed(
    server: SqlDatabase, roadmaps: dict[str, Roadmap], rescuer: Connection
) -> None:
    here = learner(server, roadmaps)
    for minutes in range(20, 25):
        cut(rescuer, server)
        assert shown(here.say("ada", f"/log {minutes}m")).startswith(f"Logged {minutes} min")
    assert len(studied(server)) == 5


def test_a_connection_cut_at_any_statement_is_answered_honestly(
    server: SqlDatabase, roadmaps: dict[str, Roadmap], rescuer: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    here = learner(server, roadmaps)
    request = here.typed("ada", f"/log 1h {CANARY}")
    before, statement = rows(server), 0
    while True:
        with failing_at(server, statement, lambda _: cut(rescuer, server)) as interrupter:
            answer = here.handle(request)[0]
        if interrupter.hit is None:
            break
        assert shown(answer).startswith(SORRY), interrupter.hit
        assert rows(server) == before, interrupter.hit
        statement += 1
    assert statement > 10
    assert shown(answer).startswith("Logged 1 h")
    assert len(studied(server)) == 1
    assert "terminating connection" in caplog.text
    assert CANARY not in caplog.text


def test_a_database_that_is_gone_for_a_while_is_found_again(
    server: SqlDatabase, roadmaps: dict[str, Roadmap], rescuer: Connection
) -> None:
    here = learner(server, roadmaps)
    before = rows(server)
    request = here.typed("ada", "/log 1h")
    name = server.url.database
    rescuer.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
    cut(rescuer, server)
    assert [shown(answer)[:20] for answer in here.handle(*[request] * 10)] == [SORRY[:20]] * 10
    rescuer.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    assert rows(server) == before
    assert shown(here.handle(request)[0]).startswith("Logged 1 h")


def pragma(database: SqlDatabase, words: str) -> object:
    """Run a pragma on the database's one connection."""
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {words}").scalar()


def cut(rescuer: Connection, database: SqlDatabase) -> None:
    """End every connection to a database."""
    name = {"name": database.url.database}
    end = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
    )
    rescuer.execute(text(end), name).all()
