"""A migration that fails leaves the old schema and data (promise 15)."""

from collections.abc import Iterator
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
from tests.storage.test_migrations import EARLIER, HEAD, REVISIONS

WRITING = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "\nCREATE", "WITH")


@pytest.fixture
def empty(empty_url: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlDatabase]:
    """A database of each kind with nothing in it; what becomes of backups is another test's."""
    monkeypatch.setattr(schema, "backup", lambda database, to: to)
    with opened(empty_url) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("revision", [None, *EARLIER])
def test_a_failure_at_any_statement_of_any_revision_leaves_the_old_schema_and_data(
    empty: SqlDatabase, revision: str | None
) -> None:
    if revision:
        schema.upgrade(empty, MONDAY, revision)
        fill(empty)
    old = rows(empty), structure(empty)
    statement = 0
    while True:
        with failing_at(empty.engine, statement, only=WRITING) as interrupter:
            try:
                schema.upgrade(empty, MONDAY)
            except Injected:
                assert schema.status(empty).revision == revision, interrupter.hit
                assert (rows(empty), structure(empty)) == old, interrupter.hit
            else:
                assert interrupter.hit is None
                break
        statement += 1
    assert statement >= (2 if revision else 30)
    assert schema.status(empty).revision == HEAD


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
