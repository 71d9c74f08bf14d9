"""A backup is taken before an upgrade and while the bot works, and restores to the same rows (promise 14)."""

import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy.engine import URL

from bot.storage import schema
from bot.storage.backup import BackupFailed, backup
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.conftest import MONDAY, fresh_postgresql
from tests.storage.filling import fill, structure
from tests.storage.frontend import frontend
from tests.storage.programs import programs, restore
from tests.storage.stored_rows import rows
from tests.storage.test_migrations import REVISIONS

Restored = Callable[[Path], SqlDatabase]


@pytest.fixture
def database(empty_url: URL) -> Iterator[SqlDatabase]:
    """A database of each kind with the newest schema, and with an address of its own to restore beside."""
    with opened(empty_url) as empty_database:
        schema.upgrade(empty_database, MONDAY)
        yield empty_database


@pytest.fixture
def restored(empty_url: URL, request: pytest.FixtureRequest) -> Iterator[Restored]:
    """What a backup holds, as a database."""
    with ExitStack() as stack:

        def read(backup: Path) -> SqlDatabase:
            if empty_url.get_backend_name() == "sqlite":
                return stack.enter_context(opened(f"sqlite:///{backup}"))
            server: URL = request.getfixturevalue("postgresql")
            into = stack.enter_context(fresh_postgresql(server))
            folder = programs(server)
            assert folder is not None
            restore(folder, backup, into)
            return stack.enter_context(opened(into))

        yield read


def test_an_upgrade_takes_a_backup_first_that_restores_to_the_same_rows(
    empty_url: URL, backups: Path, restored: Restored
) -> None:
    with opened(empty_url) as database:
        schema.upgrade(database, MONDAY, REVISIONS[0])
        fill(database)
        old = rows(database), structure(database)
        upgrade = schema.upgrade(database, MONDAY)
    assert upgrade.backup is not None
    assert upgrade.backup.parent == backups
    copy = restored(upgrade.backup)
    assert (rows(copy), structure(copy)) == old


def test_a_backup_restores_to_the_same_rows(database: SqlDatabase, backups: Path, restored: Restored) -> None:
    fill(database)
    old = rows(database), structure(database)
    copy = restored(backup(database, backups / "copy"))
    assert (rows(copy), structure(copy)) == old


def test_a_backup_taken_while_people_write_holds_whole_transactions(
    database: SqlDatabase, backups: Path, restored: Restored, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps)
    here.enrol("ada")
    requests = len(rows(database)["request"])
    with busy(lambda n: here.say("ada", f"/log {n % 20 + 11}m", "/undo")) as wrote:
        wrote.wait(60)
        saved = [backup(database, backups / f"copy{n}") for n in range(5 if database.sqlite else 1)]
    for file in saved:
        restored_rows = rows(restored(file))
        # Every request of ours wrote exactly one line of the ledger.
        assert len(restored_rows["entry"]) == len(restored_rows["request"]) - requests > 0
    assert len(rows(database)["entry"]) == len(rows(database)["request"]) - requests


def test_a_file_that_is_there_is_never_overwritten(database: SqlDatabase, backups: Path) -> None:
    (backups / "copy").write_text("precious")
    with pytest.raises(BackupFailed, match="is there already"):
        backup(database, backups / "copy")
    assert (backups / "copy").read_text() == "precious"


def test_a_backup_that_fails_leaves_no_half_file(empty_url: URL, backups: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("This is not a database. " * 100)
    sqlite = empty_url.get_backend_name() == "sqlite"
    url = empty_url.set(database=str(broken) if sqlite else "nowhere")
    with opened(url) as database, pytest.raises(BackupFailed, match="said: "):
        backup(database, backups / "copy")
    assert list(backups.iterdir()) == []


def test_without_pg_dump_an_upgrade_is_refused_and_nothing_changes(
    postgresql: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    with fresh_postgresql(postgresql) as url, opened(url) as database:
        schema.upgrade(database, MONDAY, REVISIONS[0])
        fill(database)
        old = rows(database), structure(database)
        with pytest.raises(BackupFailed, match="pg_dump is not installed"):
            schema.upgrade(database, MONDAY)
        assert (rows(database), structure(database)) == old


def test_the_password_reaches_pg_dump_without_standing_among_its_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\necho "$PGPASSWORD" > {tmp_path}/password\n')
    program.chmod(stat.S_IRWXU)
    reader = tmp_path / "pg_restore"
    reader.write_text(
        '#!/bin/sh\necho "1; 0 2 TABLE DATA public learner bot"\necho "2; 0 3 TABLE DATA public alembic_version bot"\n'
    )
    reader.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    with opened("postgresql://bot:s3cret@db.example/study") as database:
        backup(database, tmp_path / "copy")
    assert (tmp_path / "password").read_text() == "s3cret\n"
    arguments = (tmp_path / "arguments").read_text()
    assert "postgresql://bot@db.example/study" in arguments
    assert "s3cret" not in arguments


@contextmanager
def busy(work: Callable[[int], object]) -> Iterator[Event]:
    """Somebody who works on and on in another thread; the event tells that they are well under way."""
    wrote, enough = Event(), Event()

    def go_on() -> None:
        n = 0
        while not enough.is_set():
            work(n)
            n += 1
            if n == 5:
                wrote.set()

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield wrote
    finally:
        enough.set()
        thread.join()
