"""The files of pictures that a played script shows."""

import json
import os
from pathlib import Path

import pytest

from tests.terminal.test_program import studybuddy

PICTURES = """=2026-01-05T10:00
ada: /start 8
ada: [UTC]
ada: /log 3h
+8d
ada: /progress
ada: /log 1h
ada: /progress
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the system's temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_a_pictures_file_is_there_when_its_message_is_read(temporary: Path) -> None:
    (temporary / "script.txt").write_text(PICTURES, encoding="utf-8")
    lines = [studybuddy("chat", "--script", temporary / "script.txt", "--json").stdout for _ in range(2)]
    assert lines[0] == lines[1]
    messages = [json.loads(line) for line in lines[0].splitlines()]
    images = [Path(message["image"]) for message in messages if message["image"]]
    assert [bool(message["image"]) for message in messages if "Studied so far" in message["text"]] == [True, True]
    assert len(set(images)) == 2
    for image in images:
        assert image.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
        assert image.stat().st_mode & 0o077 == 0
        assert image.parent.parent == temporary
        assert image.parent.stat().st_mode & 0o077 == 0


def test_pictures_go_where_files_go_and_nowhere_without_json(temporary: Path, tmp_path: Path) -> None:
    (temporary / "script.txt").write_text(PICTURES, encoding="utf-8")
    outcome = studybuddy("chat", "--script", temporary / "script.txt", "--json", "--files", tmp_path / "mine")
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == sorted(
        Path(message["image"]).name for message in map(json.loads, outcome.stdout.splitlines()) if message["image"]
    )
    plain = studybuddy("chat", "--script", temporary / "script.txt")
    assert "Mon  █" in plain.stdout
    assert [path.name for path in temporary.iterdir()] == ["script.txt"]


def test_a_folder_of_somebody_elses_is_not_used(temporary: Path) -> None:
    (temporary / "script.txt").write_text(PICTURES, encoding="utf-8")
    taken = temporary / f"studybuddy-pictures-{os.getuid()}"
    taken.mkdir(mode=0o777)
    taken.chmod(0o777)
    outcome = studybuddy("chat", "--script", temporary / "script.txt", "--json")
    assert not list(taken.iterdir())
    assert sum(bool(json.loads(line)["image"]) for line in outcome.stdout.splitlines()) == 2
