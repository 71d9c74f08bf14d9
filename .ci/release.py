"""`make release VERSION=1.2.0`: the version, the changelog's heading and the project's addresses are written, committed
and tagged.

Nothing leaves this machine; `git push --follow-tags` publishes it, and the release workflow builds what is tagged.
"""

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

VERSION_FILE = Path("bot/__init__.py")
CHANGELOG = Path("CHANGELOG.md")
PROJECT = Path("pyproject.toml")
_VERSION = re.compile(r'__version__ = "(?P<version>[^"]+)"')
_UNRELEASED = re.compile(r"^## (?P<version>\S+) – unreleased$", re.MULTILINE)
_HOSTED = re.compile(
    r"(?:https://|ssh://git@|git@)(?P<host>[\w-]+(?:\.[\w-]+)+)[:/](?P<path>[\w.-]+(?:/[\w.-]+)+?)(?:\.git)?/?"
)


class CannotRelease(Exception):
    """What has to be put right first."""


def numbers(version: str) -> tuple[int, ...]:
    """A version such as 1.2.0 as numbers. Raises `CannotRelease` for anything else."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise CannotRelease(f"{version or 'nothing'} is no version such as 1.2.0: make release VERSION=1.2.0")
    return tuple(map(int, version.split(".")))


def release(root: Path, version: str, today: date) -> None:
    """Write, commit and tag a version in a clean checkout. Raises `CannotRelease`, and changes nothing then."""
    wanted = numbers(version)
    if _git(root, "status", "--porcelain"):
        raise CannotRelease("there are changes that are not committed")
    if _git(root, "tag", "--list", f"v{version}"):
        raise CannotRelease(f"v{version} is released already")
    source = (root / VERSION_FILE).read_text(encoding="utf-8")
    changelog = (root / CHANGELOG).read_text(encoding="utf-8")
    known = _VERSION.search(source)
    unreleased = _UNRELEASED.search(changelog)
    if known is None or numbers(known["version"]) > wanted:
        raise CannotRelease(f"{version} is older than what {VERSION_FILE} says")
    if unreleased is None:
        raise CannotRelease(f"{CHANGELOG} has no heading “## {version} – unreleased”")
    (root / VERSION_FILE).write_text(_VERSION.sub(f'__version__ = "{version}"', source), encoding="utf-8")
    _write_addresses(root)
    heading = f"## {version} – {today.isoformat()}"
    (root / CHANGELOG).write_text(_UNRELEASED.sub(heading, changelog, count=1), encoding="utf-8")
    _git(root, "commit", "--quiet", "--all", "--message", f"Release {version}")
    _git(root, "tag", "--annotate", f"v{version}", "--message", f"Release {version}")


def repository(remote: str) -> str | None:
    """The web address of a repository by the address it is fetched from; None where that is no public host."""
    match = _HOSTED.fullmatch(remote)
    return f"https://{match['host']}/{match['path'].removesuffix('.git')}" if match else None


def _write_addresses(root: Path) -> None:
    """Name the repository, which is where `origin` is, in `[project.urls]`, unless addresses are there already."""
    project = (root / PROJECT).read_text(encoding="utf-8")
    address = repository(_git(root, "config", "--default", "", "--get", "remote.origin.url"))
    if address is None or "[project.urls]" in project:
        return
    urls = f"""[project.urls]
Repository = "{address}"
Issues = "{address}/issues"
Changelog = "{address}/blob/main/CHANGELOG.md"

"""
    (root / PROJECT).write_text(project.replace("[project.scripts]", urls + "[project.scripts]"), encoding="utf-8")


def _git(root: Path, *words: str) -> str:
    command = ["git", *words]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


if __name__ == "__main__":
    try:
        release(Path.cwd(), sys.argv[1] if len(sys.argv) > 1 else "", datetime.now(UTC).date())
    except CannotRelease as reason:
        sys.exit(f"Not released: {reason}.")
    sys.stdout.write("Released here. `git push --follow-tags` publishes it.\n")
