"""Databases of both kinds, and the application on them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import URL

from bot.storage import schema
from bot.storage.database import SqlDatabase, opened
from bot.storage.tables import metadata
from roadmap.model import Roadmap
from tests.conftest import fresh_postgresql
from tests.storage.frontend import Frontend, frontend
from tests.storage.programs import programs


@pytest.fixture(scope="session")
def swept(postgresql: URL, migrated_postgresql: URL) -> Iterator[URL]:
    """A PostgreSQL database with the newest schema that test after test may use: even a copy takes a tenth second."""
    with fresh_postgresql(postgresql, migrated_postgresql) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDatabase]:
    """A database of each kind with the newest schema and nothing in it."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    with opened(request.getfixturevalue("swept")) as opened_database:
        with opened_database.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        yield opened_database


@pytest.fixture
def here(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """A frontend on a database of each kind, with one learner, ada."""
    frontend_ = frontend(database, roadmaps)
    frontend_.enrol("ada")
    return frontend_


@pytest.fixture
def backups(empty_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """The folder in which backups of the empty database's successors land; nothing else does.

    PostgreSQL's are made by `pg_dump`; skips where there is none of the server's version.
    """
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.chdir(folder)
    if empty_url.get_backend_name() == "sqlite":
        monkeypatch.setattr(schema, "_backup_path", lambda database, revision, now: folder / f"before-{revision}.db")
    else:
        directory = programs(request.getfixturevalue("postgresql"))
        if directory is None:
            pytest.skip("no pg_dump of the server's version")
        monkeypatch.setenv("PATH", f"{directory}{os.pathsep}{os.environ['PATH']}")
    return folder
