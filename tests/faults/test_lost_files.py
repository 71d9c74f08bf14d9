"""A database file that is deleted, replaced or spoiled while the bot works: nothing is called logged that is not in the
file the path leads to, and work goes on by itself where a proper file is there again (promise 38)."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import backup, schema
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.storage.frontend import SORRY, Frontend, frontend, shown
from tests.storage.stored_rows import studied

NOT_SURE = "The database did not answer in time, so I do not know"


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """The program on a database file, with a learner who has logged an hour."""
    started = frontend(sqlite, roadmaps)
    started.enrol("ada")
    assert shown(started.say("ada", "/log 1h")).startswith("Logged 1 h")
    return started


@pytest.fixture
def file(sqlite: SqlDatabase) -> Path:
    """The file of the database."""
    return Path(str(sqlite.url.database))


def on_disk(file: Path) -> list[int]:
    """The minutes that somebody finds who opens the file now."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return [minutes for (minutes,) in connection.execute("SELECT minutes FROM entry ORDER BY id")]


def remove(file: Path) -> None:
    """Delete the file."""
    file.unlink()


def remove_all(file: Path) -> None:
    """Delete the file and its write-ahead log."""
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()


def remove_folder(file: Path) -> None:
    """Delete the folder with all in it."""
    shutil.rmtree(file.parent)


def move(file: Path) -> None:
    """Give the file another name."""
    file.rename(file.with_name("elsewhere.db"))


def replace_by_garbage(file: Path) -> None:
    """Put a file there that is no database."""
    other = file.with_name("other")
    other.write_bytes(b"x" * 40_000)
    other.replace(file)


def replace_by_nothing(file: Path) -> None:
    """Put an empty file there."""
    other = file.with_name("other")
    other.touch()
    other.replace(file)


def replace_by_another_program(file: Path) -> None:
    """Put the database of another program there."""
    with closing(sqlite3.connect(file.with_name("other"))) as connection:
        connection.execute("CREATE TABLE song (words TEXT)")
    file.with_name("other").replace(file)


def truncate(file: Path) -> None:
    """Empty the file in place."""
    os.truncate(file, 0)


def truncate_half(file: Path) -> None:
    """Cut the file to half its size in place."""
    os.truncate(file, file.stat().st_size // 2)


def overwrite(file: Path) -> None:
    """Overwrite the file in place with what is no database."""
    file.write_bytes(b"y" * file.stat().st_size)


def become_a_folder(file: Path) -> None:
    """Put a folder in its place."""
    file.unlink()
    file.mkdir()


SPOILERS: list[Callable[[Path], None]] = [
    remove,
    remove_all,
    remove_folder,
    move,
    replace_by_garbage,
    replace_by_nothing,
    replace_by_another_program,
    truncate,
    truncate_half,
    overwrite,
    become_a_folder,
]


@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_nothing_is_called_logged_while_the_file_is_not_ours_and_a_proper_one_is_taken_up(
    here: Frontend, file: Path, tmp_path: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    good = tmp_path.with_name(f"{tmp_path.name}-good.db")
    backup.backup(SqlDatabase(f"sqlite:///{file}", read_only=True), good)
    spoil(file)
    for minutes in (20, 25, 30):
        assert shown(here.say("ada", f"/log {minutes}m")).startswith(SORRY)
    assert shown(here.say("ada", "/today")).startswith(SORRY)
    assert str(file) in " ".join(str(vars(record)) for record in caplog.records)
    if file.is_dir():
        file.rmdir()
    file.parent.mkdir(exist_ok=True)
    good.rename(file)
    assert shown(here.say("ada", "/log 35m")).startswith("Logged 35 min")
    assert on_disk(file) == [60, 35]
    assert shown(here.say("ada", "/log 40m")).startswith("Logged 40 min")


def test_what_a_deleted_file_held_is_saved_beside_it_and_can_be_put_back(here: Frontend, file: Path) -> None:
    remove_all(file)
    assert shown(here.say("ada", "/log 20m")).startswith(SORRY)
    rescued = file.with_name("study-rescued.db")
    assert on_disk(rescued) == [60]
    assert rescued.stat().st_mode & 0o777 == 0o600
    rescued.rename(file)
    assert shown(here.say("ada", "/log 20m")).startswith("Logged 20 min")
    assert on_disk(file) == [60, 20]


def test_a_file_taken_away_during_a_commit_is_not_called_logged(
    here: Frontend, file: Path, sqlite: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = sqlite._file
    assert watched is not None
    confirm = watched.confirm

    def taken_away() -> None:
        file.unlink(missing_ok=True)
        confirm()

    monkeypatch.setattr(watched, "confirm", taken_away)
    assert shown(here.say("ada", "/log 20m")).startswith(NOT_SURE)


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_log_that_is_deleted_loses_nothing(here: Frontend, file: Path, sqlite: SqlDatabase, ending: str) -> None:
    file.with_name(file.name + ending).unlink()
    for minutes in (20, 25):
        assert shown(here.say("ada", f"/log {minutes}m")).startswith(f"Logged {minutes} min")
    assert on_disk(file) == [60, 20, 25]
    assert file.with_name(f"{file.name}-wal").exists()
    sqlite.close()
    assert on_disk(file) == [60, 20, 25]


def test_an_old_log_is_not_read_into_the_file_that_takes_the_place(here: Frontend, file: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.db"
    backup.backup(SqlDatabase(f"sqlite:///{file}", read_only=True), good)
    for minutes in (20, 25):
        here.say("ada", f"/log {minutes}m")
    file.unlink()
    shutil.copy(good, file)  # beside the log of the file before
    assert shown(here.say("ada", "/log 30m")).startswith("Logged 30 min")
    assert on_disk(file) == [60, 30]
    assert list(file.parent.glob("study.db-wal-left*"))


def test_a_database_copied_into_the_open_file_is_not_mixed_with_the_old_one(
    here: Frontend, file: Path, tmp_path: Path, sqlite: SqlDatabase
) -> None:
    good = tmp_path / "good.db"
    backup.backup(SqlDatabase(f"sqlite:///{file}", read_only=True), good)
    here.say("ada", '/log 20m "after the backup"')
    shutil.copy(good, file)
    assert shown(here.say("ada", "/log 30m")).startswith(SORRY)
    assert sqlite.overwritten  # the program ends, and begins with what is there
    sqlite.close()
    assert sqlite.unclean
    assert on_disk(file) == [60]


def test_a_link_that_leads_elsewhere_ends_the_program(tmp_path: Path, roadmaps: dict[str, Roadmap]) -> None:
    first, other, link = tmp_path / "one.db", tmp_path / "other.db", tmp_path / "link.db"
    link.symlink_to(first)
    database = SqlDatabase(f"sqlite:///{link}")
    schema.upgrade(database, MONDAY)
    linked = frontend(database, roadmaps)
    linked.enrol("ada")
    assert shown(linked.say("ada", "/log 20m")).startswith("Logged 20 min")
    assert first.with_name("one.db-wal").exists()
    backup.backup(database, other)
    link.unlink()
    link.symlink_to(other)
    assert shown(linked.say("ada", "/log 21m")).startswith(SORRY)
    assert database.overwritten
    assert on_disk(other) == [20]
    database.close()


def test_a_new_date_on_the_file_changes_nothing(here: Frontend, file: Path) -> None:
    os.utime(file)
    assert shown(here.say("ada", "/log 20m")).startswith("Logged 20 min")
    assert on_disk(file) == [60, 20]


def test_a_disk_that_was_read_only_for_a_while_is_written_to_again(here: Frontend, sqlite: SqlDatabase) -> None:
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    assert shown(here.say("ada", "/log 20m")).startswith(SORRY)
    assert shown(here.say("ada", "/log 20m")).startswith("Logged 20 min")
    assert len(studied(sqlite)) == 2
