"""“Saved” is said of a copy that was looked through, and restoring it gives the same rows, whatever lies beside; what
cannot be restored is refused and changes nothing (promise 39)."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from bot.storage import schema
from bot.storage.alone import alone
from bot.storage.database import opened
from tests.conftest import MONDAY
from tests.storage.filling import fill
from tests.storage.stored_rows import Rows, rows
from tests.storage.test_migrations import HEAD, REVISIONS
from tests.terminal.test_program import studybuddy


@pytest.fixture(scope="module")
def filled(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with something in every table, to be copied."""
    copy = shutil.copy(migrated_sqlite, tmp_path_factory.mktemp("filled") / "study.db")
    with opened(f"sqlite:///{copy}") as database:
        fill(database)
    return Path(copy)


@pytest.fixture
def file(filled: Path, tmp_path: Path) -> Path:
    """A database with something in every table."""
    (tmp_path / "data").mkdir(mode=0o700)
    return Path(shutil.copy(filled, tmp_path / "data" / "study.db"))


def held(file: Path) -> Rows:
    """What is in a file."""
    with opened(f"sqlite:///{file}", read_only=True) as database:
        return rows(database)


def change(file: Path, locale: str = "xx") -> None:
    """Make a database another one."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE learner SET locale = ?", [locale])


def damage(file: Path) -> None:
    """Spoil pages in the middle."""
    with file.open("r+b") as opened_file:
        opened_file.seek(5 * 4096)
        opened_file.write(b"\xaa" * 4096 * 20)


def backed_up(file: Path) -> Path:
    saved = file.parent.parent / "saved.db"
    outcome = studybuddy("db", "backup", saved, "--db", file)
    assert outcome.exit_code == 0, outcome.output
    return saved


def test_a_backup_is_restored_and_the_database_before_it_is_kept(file: Path) -> None:
    before = held(file)
    saved = backed_up(file)
    change(file)
    changed = held(file)
    outcome = studybuddy("db", "restore", saved, "--db", file)
    assert outcome.exit_code == 0, outcome.output
    assert held(file) == before
    (old,) = file.parent.glob("study-*-before-restore.db")
    assert str(old) in outcome.stdout
    assert held(old) == changed
    assert studybuddy("doctor", "--thorough", "--db", file).exit_code == 0


def test_newer_rows_in_an_old_log_are_not_read_into_what_was_restored(file: Path) -> None:
    before = held(file)
    saved = backed_up(file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE learner SET locale = 'xx'")
    connection.commit()  # and never closed: the log stays beside
    for end in ("", "-wal", "-shm"):
        shutil.copy(f"{file}{end}", f"{file}{end}.kept")
    changed = held(file)
    connection.close()
    for end in ("", "-wal", "-shm"):
        Path(f"{file}{end}.kept").replace(f"{file}{end}")
    assert studybuddy("db", "restore", saved, "--db", file).exit_code == 0
    assert held(file) == before
    (old,) = file.parent.glob("study-*-before-restore.db")
    assert held(old) == changed


def test_what_lies_beside_a_backup_is_no_part_of_it(file: Path) -> None:
    before = held(file)
    saved = backed_up(file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE learner SET locale = 'xx'")
    connection.commit()
    shutil.copy(f"{file}-wal", f"{saved}-wal")
    connection.close()
    assert studybuddy("db", "restore", saved, "--db", file).exit_code == 0
    assert held(file) == before


def test_a_raw_copy_is_restored_with_the_log_that_belongs_to_it(file: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE learner SET locale = 'xx'")
    connection.commit()
    raw = tmp_path / "raw.db"
    for end in ("", "-wal"):
        shutil.copy(f"{file}{end}", f"{raw}{end}")
    connection.close()
    other = tmp_path / "other.db"
    assert studybuddy("db", "restore", raw, "--db", other).exit_code == 0
    assert held(other) == held(file)


def test_a_database_that_is_not_there_yet_is_made_from_a_backup(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "study.db"
    assert studybuddy("db", "restore", backed_up(file), "--db", new).exit_code == 0
    assert held(new) == held(file)
    assert new.stat().st_mode & 0o777 == 0o600


def test_an_older_backup_is_brought_up_to_date_at_the_next_start(tmp_path: Path, file: Path) -> None:
    old = tmp_path / "old.db"
    with opened(f"sqlite:///{old}") as database:
        schema.upgrade(database, MONDAY, REVISIONS[0])
        fill(database)
    outcome = studybuddy("db", "restore", backed_up(old), "--db", file)
    assert f"schema is {REVISIONS[0]}" in outcome.stdout
    assert studybuddy("db", "upgrade", "--db", file).exit_code == 0
    assert f"{HEAD}, newest {HEAD}" in studybuddy("db", "status", "--db", file).stdout


def test_it_is_refused_while_another_studybuddy_is_at_work_on_the_file(file: Path, tmp_path: Path) -> None:
    saved = backed_up(file)
    change(file)
    changed = held(file)
    link = tmp_path / "link.db"
    link.symlink_to(file)
    for version in ((3, 40, 0), (3, 60, 0)):
        with alone(file, version):
            for path in (file, link):
                outcome = studybuddy("db", "restore", saved, "--db", path)
                assert outcome.exit_code == 1
                assert "Another studybuddy is at work" in outcome.stderr
    assert held(file) == changed


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def garbage(file: Path) -> None:
    file.write_bytes(b"This is not a database. " * 1000)


def another_programs(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE song (words TEXT)")


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


SPOILERS: list[Callable[[Path], None]] = [
    truncated,
    emptied,
    garbage,
    damage,
    another_programs,
    newer,
    a_folder,
    Path.unlink,
]


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_what_cannot_be_restored_is_refused_and_changes_nothing(file: Path, spoil: Callable[[Path], None]) -> None:
    saved = backed_up(file)
    spoil(saved)
    before, files = held(file), sorted(file.parent.iterdir())
    outcome = studybuddy("db", "restore", saved, "--db", file)
    refused(outcome, str(saved))
    assert held(file) == before
    assert [name for name in sorted(file.parent.iterdir()) if not name.name.endswith(".lock")] == files


def test_a_database_is_not_restored_from_itself(file: Path) -> None:
    refused(studybuddy("db", "restore", file, "--db", file), "itself")


def test_a_restore_that_fails_half_way_leaves_the_old_database_with_its_log(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = backed_up(file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE learner SET locale = 'xx'")
    connection.commit()
    before = held(file)

    def fail(self: Path, to: Path) -> Path:
        raise OSError(28, "No space left on device", str(to))

    monkeypatch.setattr(Path, "replace", fail)
    refused(studybuddy("db", "restore", saved, "--db", file), "No space left")
    assert held(file) == before
    assert not list(file.parent.glob("*before-restore*"))
    connection.close()
    assert held(file) == before


@pytest.mark.parametrize("spoil", [damage, emptied, garbage, another_programs, Path.unlink])
def test_nothing_is_called_saved_of_a_source_that_is_missing_or_damaged(
    file: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(file)
    saved = file.parent.parent / "saved.db"
    refused(studybuddy("db", "backup", saved, "--db", file), "")
    assert not list(saved.parent.glob("*saved*"))


def test_a_copy_that_is_not_whole_is_not_called_saved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.storage import backup

    verified = backup.verified

    def spoilt(copy: Path) -> backup.Content:
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("DELETE FROM entry")
        return verified(copy)

    monkeypatch.setattr(backup, "verified", spoilt)
    saved = file.parent.parent / "saved.db"
    refused(studybuddy("db", "backup", saved, "--db", file), "was not kept")
    assert not list(saved.parent.glob("*saved*"))


def refused(outcome: Result, why: str) -> None:
    """One line that says why, and an exit code."""
    assert outcome.exit_code == 1, outcome.output
    assert outcome.stderr.startswith("Error: ")
    assert len(outcome.stderr.splitlines()) == 1
    assert why in outcome.stderr
    assert "aved " not in outcome.stdout
