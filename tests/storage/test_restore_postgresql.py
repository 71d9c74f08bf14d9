"""A dump goes into an empty database and into no other, with nobody connected (promise 39)."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.storage import schema
from bot.storage.database import opened
from tests.conftest import MONDAY, fresh_postgresql
from tests.storage.filling import fill
from tests.storage.programs import programs
from tests.storage.stored_rows import Rows, rows
from tests.storage.test_restore import refused
from tests.terminal.test_program import studybuddy


@pytest.fixture
def server(postgresql: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], URL]]:
    """Empty databases on a server, with PostgreSQL's programs at hand."""
    folder = programs(postgresql)
    if folder is None:
        pytest.skip("no pg_dump of the server's version")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    with ExitStack() as stack:
        yield lambda: stack.enter_context(fresh_postgresql(postgresql))


def named(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def filled(url: URL) -> Rows:
    with opened(url) as database:
        schema.upgrade(database, MONDAY)
        fill(database)
        return rows(database)


def test_a_dump_is_restored_into_an_empty_database_and_into_no_other(server: Callable[[], URL], tmp_path: Path) -> None:
    source, target = server(), server()
    before = filled(source)
    dump = tmp_path / "saved.dump"
    assert studybuddy("db", "backup", dump, "--db", named(source)).exit_code == 0
    assert dump.stat().st_mode & 0o777 == 0o600
    outcome = studybuddy("db", "restore", dump, "--db", named(target))
    assert outcome.exit_code == 0, outcome.output
    with opened(target) as database:
        assert rows(database) == before
    refused(studybuddy("db", "restore", dump, "--db", named(target)), "is not empty")
    with opened(target) as database:
        assert rows(database) == before


def test_a_dump_is_refused_while_somebody_is_connected_or_where_it_is_no_good(
    server: Callable[[], URL], tmp_path: Path
) -> None:
    source, target = server(), server()
    filled(source)
    with opened(source) as database, database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    dump = tmp_path / "saved.dump"
    assert studybuddy("db", "backup", dump, "--db", named(source)).exit_code == 0
    refused(studybuddy("db", "restore", dump, "--db", named(target)), "9999")
    with opened(target) as database, database.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        refused(studybuddy("db", "restore", dump, "--db", named(target)), "studybuddy is connected")
    os.truncate(dump, dump.stat().st_size // 2)
    refused(studybuddy("db", "restore", dump, "--db", named(target)), "pg_restore said")
    with opened(target) as database:
        assert rows(database) == {}


def test_an_empty_server_is_nothing_to_save(server: Callable[[], URL], tmp_path: Path) -> None:
    refused(studybuddy("db", "backup", tmp_path / "saved.dump", "--db", named(server())), "nothing to save")
    assert list(tmp_path.glob("*saved*")) == []
