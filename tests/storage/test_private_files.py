"""Files and backups are readable by their owner alone, whatever the umask (promise 44); one process works on a file, by
whatever path it comes."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.alone import InUse, alone
from bot.storage.database import SqlDatabase, opened
from tests.terminal.test_program import studybuddy


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """A umask that would let everybody read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
        if path.name != "bash"
    }


def test_everything_that_is_made_is_the_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "down" / "study.db"
    with opened(f"sqlite:///{file}") as database, alone(database.file):
        studybuddy("db", "status", "--db", file)
        from bot.storage import schema
        from tests.conftest import MONDAY

        schema.upgrade(database, MONDAY)
        assert studybuddy("db", "backup", tmp_path / "saved" / "copy.db", "--db", file).exit_code == 0
        modes_by_path = modes(tmp_path)
    assert {name for name, mode in modes_by_path.items() if mode == 0o700} == {"deep", "deep/down", "saved"}
    assert {name for name, mode in modes_by_path.items() if mode == 0o600} == {
        "deep/down/study.db",
        "deep/down/study.db-wal",
        "deep/down/study.db-shm",
        "deep/down/study.db.lock",
        "saved/copy.db",
    }
    assert set(modes_by_path.values()) == {0o700, 0o600}


def test_a_terminals_log_and_history_are_the_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert studybuddy("chat", typed="/today\n").exit_code == 0
    modes_by_path = modes(tmp_path / "data" / "studybuddy")
    assert {name: mode for name, mode in modes_by_path.items() if mode != 0o600} == {}
    assert {"history", "studybuddy.db", "studybuddy.log"} <= set(modes_by_path)


def test_files_of_an_earlier_version_are_closed_to_others_and_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    studybuddy("db", "upgrade", "--db", file)
    saved = tmp_path / "study-20260105-080000-before-0004.db"
    saved.touch(0o644)
    file.chmod(0o664)
    folder = stat.S_IMODE(tmp_path.stat().st_mode)
    assert "can be read by others" in studybuddy("doctor", "--db", file).stdout
    outcome = studybuddy("db", "upgrade", "--db", file)
    assert f"{file} could be read by others on this machine; now only you can." in outcome.stderr
    assert f"{saved} could be read" in outcome.stderr
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == folder  # a folder that was there is its owner's business
    assert "could be read" not in studybuddy("db", "upgrade", "--db", file).stderr


@pytest.mark.parametrize("folder", [True, False])
def test_what_is_no_database_of_ours_keeps_its_rights(tmp_path: Path, folder: bool) -> None:
    other = tmp_path / "other"
    if folder:
        other.mkdir(0o755)
    else:
        other.write_text("127.0.0.1 localhost\n")
        other.chmod(0o644)
    before = other.stat().st_mode
    for command in (("chat", "--script", "-"), ("db", "upgrade"), ("db", "restore", other)):
        assert studybuddy(*command, "--db", other).exit_code == (78 if folder else 1)
    assert other.stat().st_mode == before


def test_a_link_leads_to_the_lock_of_the_file_itself(tmp_path: Path) -> None:
    file, link, folder = tmp_path / "data" / "study.db", tmp_path / "link.db", tmp_path / "folder"
    file.parent.mkdir()
    link.symlink_to(file)
    folder.symlink_to(file.parent)
    with alone(SqlDatabase(f"sqlite:///{file}").file):
        for path in (file, link, folder / "study.db", tmp_path / "data" / ".." / "data" / "study.db"):
            for named in (SqlDatabase(f"sqlite:///{path}").file, path):
                with pytest.raises(InUse), alone(named):
                    pass
            outcome = studybuddy("db", "upgrade", "--db", path)
            assert outcome.exit_code == 1
            assert "Another studybuddy is at work" in outcome.stderr
    assert sorted(path.name for path in tmp_path.rglob("*.lock")) == ["study.db.lock"]


def test_doctor_says_that_a_file_in_use_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    studybuddy("db", "upgrade", "--db", file)
    file.unlink()
    assert studybuddy("doctor", "--db", file).exit_code == 0
    with alone(file):
        outcome = studybuddy("doctor", "--db", file)
    assert outcome.exit_code == 1
    assert "is gone" in outcome.stdout
    assert "studybuddy db restore FILE" in outcome.stdout
