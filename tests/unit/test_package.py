"""The wheel is whole: unpacked into an empty folder it talks, shows its roadmap and brings a database up to date."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "migrations", "roadmap")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not built.returncode, built.stderr
    (wheel_file,) = folder.glob("studybuddy-*.whl")
    return wheel_file


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def python(site: Path, cwd: Path, *arguments: str, typed: str = "") -> str:
    """Run Python far from the checkout, with the wheel's content and the dependencies; what it printed."""
    home = {name: str(cwd) for name in ("HOME", "XDG_DATA_HOME", "TMPDIR")}
    outcome = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={"PATH": os.defpath, "PYTHONPATH": str(site), "PYTHONUTF8": "1", **home},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not outcome.returncode, outcome.stderr
    return outcome.stdout


def test_it_runs_without_the_checkout(site: Path, tmp_path: Path) -> None:
    places = "import bot, migrations, roadmap as r; print(bot.__file__, migrations.__file__, r.__file__, sep='\\n')"
    loaded = [Path(line) for line in python(site, tmp_path, "-c", places).splitlines()]
    assert loaded == [site / package / "__init__.py" for package in PACKAGES]


def test_it_holds_every_file_of_its_packages_the_licence_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    about = {name for name in names if name.partition("/")[0].endswith(".dist-info")}
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*"))
    ours = {f.relative_to(ROOT).as_posix() for f in files if f.is_file() and f.parent.name != "__pycache__"}
    assert names - about == ours
    assert any(name.endswith("/licenses/LICENSE") for name in about)
    assert not [name for name in names if "test_" in name or "/tests/" in name]


def test_it_brings_the_program_studybuddy(site: Path) -> None:
    (entries,) = site.glob("*.dist-info/entry_points.txt")
    assert "studybuddy = bot.__main__:main" in entries.read_text(encoding="utf-8")


def test_its_roadmap_can_be_shown(site: Path, tmp_path: Path) -> None:
    shown = json.loads(python(site, tmp_path, "-m", "bot", "roadmap", "show", "ml-researcher", "--json"))
    assert shown["id"] == "ml-researcher"


def test_its_migrations_bring_a_database_up_to_date(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    python(site, tmp_path, "-m", "bot", "db", "upgrade", "--db", str(file))
    with closing(sqlite3.connect(file)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert len(tables) > 2
    assert "alembic_version" in tables


@pytest.mark.slow
def test_it_talks_in_every_language_it_has(site: Path, tmp_path: Path) -> None:
    languages = ["en", *sorted(file.parents[1].name for file in site.glob("bot/locales/*/LC_MESSAGES/studybuddy.po"))]
    begin = ["-m", "bot", "chat", "--script", "-", "--now", "2026-01-05T08:00Z", "--json", "--db"]
    help_in: dict[str, str] = {}
    for language in languages:
        script = f"ada: /start 8\nada: /language {language}\nada: /help\n"
        played = python(site, tmp_path, *begin, str(tmp_path / f"{language}.db"), typed=script)
        replies = [json.loads(line) for line in played.splitlines()]
        assert [reply["to"] for reply in replies] == ["ada"] * 3
        help_in[language] = replies[-1]["text"]
    assert all(help_in.values())
    assert len(set(help_in.values())) == len(languages), "a catalogue is there and not used"
