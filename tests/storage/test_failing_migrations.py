"""A migration that fails leaves the old schema and data (promise 15)."""

from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from bot.storage import schema
from bot.storage.backup import BackupFailed
from bot.storage.database import SqlDatabase, opened
from tests.conftest import MONDAY
from tests.faults.interrupt import Injected, failing_at
from tests.storage.filling import fill, structure
from tests.storage.stored_rows import rows
from tests.storage.test_migrations import HEAD, REVISIONS

WRITING = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "\nCREATE", "WITH")


@pytest.fixture
def empty(empty_url: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlDatabase]:
    """A database of each kind with nothing in it; what becomes of backups is another test's."""
    monkeypatch.setattr(schema, "backup", lambda database, to: to)
    with opened(empty_url) as empty_database:
        yield empty_database


@pytest.mark.slow
@pytest.mark.parametrize("revision", [None, REVISIONS[0]])
def test_a_failure_at_any_statement_of_all_revisions_leaves_the_old_schema_and_data(
    empty: SqlDatabase, revision: str | None
) -> None:
    at(empty, revision)
    assert failures(empty, HEAD) >= 30
    assert schema.status(empty).revision == HEAD


@pytest.mark.slow
@pytest.mark.parametrize(("revision", "following"), list(pairwise(REVISIONS)))
def test_a_failure_at_any_statement_of_a_revision_leaves_the_data_of_the_one_before(
    empty: SqlDatabase, revision: str, following: str
) -> None:
    at(empty, revision)
    assert failures(empty, following) >= 2
    assert schema.status(empty).revision == following
    schema.upgrade(empty, MONDAY)
    assert schema.status(empty).revision == HEAD


def at(database: SqlDatabase, revision: str | None) -> None:
    """Bring an empty database to a revision, with rows in every table."""
    if revision:
        schema.upgrade(database, MONDAY, revision)
        fill(database)


def failures(database: SqlDatabase, to: str) -> int:
    """Let an upgrade fail at each of its statements, and then succeed; how often it failed."""
    revision = schema.status(database).revision
    old = rows(database), structure(database)
    for statement in count():
        with failing_at(database, statement, only=WRITING) as interrupter:
            try:
                schema.upgrade(database, MONDAY, to)
            except Injected:
                assert schema.status(database).revision == revision, interrupter.hit
                assert (rows(database), structure(database)) == old, interrupter.hit
            else:
                assert interrupter.hit is None
                return statement
    raise AssertionError


def test_without_a_backup_nothing_is_changed(empty_url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Path:
        raise BackupFailed("no room")

    with opened(empty_url) as database:
        schema.upgrade(database, MONDAY, REVISIONS[0])
        fill(database)
        old = rows(database), structure(database)
        monkeypatch.setattr(schema, "backup", fail)
        with pytest.raises(BackupFailed):
            schema.upgrade(database, MONDAY)
        assert (rows(database), structure(database)) == old
        assert schema.status(database).revision == REVISIONS[0]
