"""One command gives a release: version, changelog, commit and tag, or a reason why not."""

import importlib.util
import subprocess
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
assert _SPEC
assert _SPEC.loader
release = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(release)

TODAY = date(2026, 3, 4)


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text('"""The bot."""\n\n__version__ = "0.1.0"\n')
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "studybuddy"\n\n[project.scripts]\nstudybuddy = "x:y"\n'
    )
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## 0.2.0 – unreleased\n\n- Pictures.\n\n## 0.1.0 – 2026-01-01\n"
    )
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.name", "Ada")
    git(tmp_path, "config", "user.email", "ada@example.org")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_release_is_written_committed_and_tagged(checkout: Path) -> None:
    release.release(checkout, "0.2.0", TODAY)
    assert '__version__ = "0.2.0"' in (checkout / "bot" / "__init__.py").read_text()
    assert "## 0.2.0 – 2026-03-04\n\n- Pictures." in (checkout / "CHANGELOG.md").read_text()
    assert git(checkout, "log", "-1", "--format=%s") == "Release 0.2.0"
    assert git(checkout, "describe") == "v0.2.0"
    assert git(checkout, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://example.org/ada/studybuddy.git", "https://example.org/ada/studybuddy"),
        ("https://example.org/ada/studybuddy/", "https://example.org/ada/studybuddy"),
        ("git@example.org:ada/studybuddy.git", "https://example.org/ada/studybuddy"),
        ("ssh://git@example.org/ada/study.buddy", "https://example.org/ada/study.buddy"),
        ("https://ada:secret@example.org/ada/studybuddy", None),
        ("../studybuddy", None),
        ("", None),
    ],
)
def test_the_repository_is_named_where_it_is_public(checkout: Path, remote: str, address: str | None) -> None:
    if remote:
        git(checkout, "remote", "add", "origin", remote)
    release.release(checkout, "0.2.0", TODAY)
    urls = tomllib.loads((checkout / "pyproject.toml").read_text())["project"].get("urls", {})
    assert urls.get("Repository") == address
    assert "studybuddy" in tomllib.loads((checkout / "pyproject.toml").read_text())["project"]["scripts"]
    assert git(checkout, "status", "--porcelain") == ""
    (checkout / "CHANGELOG.md").write_text("## 0.3.0 – unreleased\n")
    git(checkout, "commit", "--quiet", "--all", "--message", "Say what is new")
    release.release(checkout, "0.3.0", TODAY)
    assert (checkout / "pyproject.toml").read_text().count("[project.urls]") == (address is not None)


def _dirty(checkout: Path) -> None:
    (checkout / "new.txt").write_text("not committed")


def _described(checkout: Path) -> None:
    (checkout / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 – 2026-01-01\n")
    git(checkout, "commit", "--quiet", "--all", "--message", "Forget the changes")


def _tagged(checkout: Path) -> None:
    git(checkout, "tag", "v0.2.0")


def _nothing(checkout: Path) -> None: ...


@pytest.mark.parametrize(
    ("before", "version", "reason"),
    [
        (_dirty, "0.2.0", "not committed"),
        (_described, "0.2.0", "no heading"),
        (_tagged, "0.2.0", "released already"),
        (_nothing, "0.0.9", "older"),
        (_nothing, "v0.2", "no version"),
        (_nothing, "", "no version"),
    ],
)
def test_what_cannot_be_released_changes_nothing(
    checkout: Path, before: Callable[[Path], None], version: str, reason: str
) -> None:
    before(checkout)
    head, text = git(checkout, "rev-parse", "HEAD"), (checkout / "bot" / "__init__.py").read_text()
    with pytest.raises(release.CannotRelease, match=reason):
        release.release(checkout, version, TODAY)
    assert git(checkout, "rev-parse", "HEAD") == head
    assert (checkout / "bot" / "__init__.py").read_text() == text
