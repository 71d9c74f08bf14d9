"""The promises of the frame around the program: locks, lists, containers and the speed of `--version`."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot import settings_reference

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^ ;]+)(?P<rest>.*)")


def read(name: str) -> str:
    """A file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def pinned(lock: Path) -> dict[str, str]:
    """The versions in a lock file by name."""
    matches = map(_PIN.fullmatch, logical_lines(lock))
    return {canonicalize_name(match["name"]): match["version"] for match in matches if match}


def logical_lines(lock: Path) -> list[str]:
    """A lock file's requirements, each with its hashes on one line."""
    return lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def declared(group: str | None = None) -> dict[str, Requirement]:
    """What pyproject.toml depends on, to run or in a dependency group, by name."""
    project = tomllib.loads(read("pyproject.toml"))
    groups: dict[str, list[Any]] = project["dependency-groups"]

    def flat(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, dict):
                yield from flat(groups[entry["include-group"]])
            else:
                yield entry

    written = flat(groups[group]) if group else project["project"]["dependencies"]
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, written)}


def explained(heading: str) -> dict[str, list[str]]:
    """The rows of a table in docs/dependencies.md by their first cell."""
    section = read("docs/dependencies.md").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {canonicalize_name(name): rest for name, *rest in rows[2:]}


def files_in_git() -> list[Path]:
    """What is in git or about to be."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_requirement_has_a_version_and_hashes_and_no_address(lock: Path) -> None:
    for line in logical_lines(lock):
        match = _PIN.fullmatch(line)
        assert match, f"not a pinned requirement: {line[:80]}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", match["rest"]), f"no hash: {match['name']}"
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-{1,2}(?!hash)\w", text, re.MULTILINE), "an option such as --index-url"


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    runtime, build, dev = (pinned(ROOT / f"requirements/{name}.lock") for name in ("runtime", "build", "dev"))
    wanted = (declared(), runtime), (declared("build"), build), ({**declared(), **declared("dev")}, dev)
    for requirements, lock in wanted:
        for name, requirement in requirements.items():
            assert requirement.specifier.contains(lock[name]), f"make lock: {requirement} is locked at {lock[name]}"
    assert runtime.items() <= dev.items(), "the tests run what users run"
    assert build.items() <= dev.items()


@pytest.mark.parametrize(("heading", "group"), [("To run", None), ("To develop", "dev")])
def test_every_dependency_is_explained_and_nothing_else_is(heading: str, group: str | None) -> None:
    table = explained(heading)
    assert set(table) == set(declared(group))
    assert list(table) == sorted(table)
    assert all(len(reasons) == 2 and all(reasons) for reasons in table.values())


def test_check_ends_in_all_tests_and_ci_runs_check() -> None:
    makefile = read("Makefile")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    assert re.fullmatch(r"\t@\$\(MAKE\) .* test-all", recipe[1].splitlines()[-1])
    assert read(".ci/run").splitlines()[-1] == "exec make check"
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_help_lists_every_target() -> None:
    makefile = read("Makefile")
    targets = re.search(r"^\.PHONY: (.*)", makefile, re.MULTILINE)
    assert targets
    assert re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE) == targets[1].split()


def test_every_setting_is_explained_in_env_example() -> None:
    assert read(".env.example") == settings_reference.example(), "run `python -m bot.settings_reference`"
    names = [setting.variable for _, settings in settings_reference.sections() for setting in settings]
    assert "STUDYBUDDY_DATABASE_URL" in names
    assert len(names) == len(set(names))
    for name in names:
        explanation = re.search(rf"(?:^# .+\n)+#{name}=.*\n#{name}_FILE=", read(".env.example"), re.MULTILINE)
        assert explanation, f".env.example says nothing of {name} and its _FILE"


def test_the_page_of_settings_is_up_to_date() -> None:
    assert read("docs/settings.md") == settings_reference.page(), "run `python -m bot.settings_reference`"


def test_a_copy_of_env_example_changes_nothing() -> None:
    assert not [line for line in read(".env.example").splitlines() if line and not line.startswith("#")]


def test_the_container_has_the_least_rights() -> None:
    dockerfile = read("Dockerfile")
    users = re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}
    assert "--require-hashes -r requirements/runtime.lock" in dockerfile
    for service in yaml.safe_load(read("compose.yaml"))["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not {"privileged", "network_mode"} & set(service)
        # The pages are for a proxy on the same machine, which speaks https to the world.
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_the_container_is_built_from_what_dockerignore_lets_through() -> None:
    allowed = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", read("Dockerfile"), re.MULTILINE)
    assert {source.partition("/")[0] for sources in copied for source in sources.split()} == allowed


def test_no_file_names_a_path_of_somebodys_machine_or_leaves_a_note_to_self() -> None:
    path = re.compile(r"(?<![\w.~:/-])/(?:home|root|work|Users)/[\w.-]")
    note = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
    for file in (file for file in files_in_git() if file.suffix != ".png"):
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            assert not path.search(line), f"{file}:{number}: {line}"
            assert not note.search(line), f"{file}:{number}: {line}"


def test_version_is_told_in_less_than_a_third_of_a_second() -> None:
    assert any(seconds("--version") < 0.3 for _ in range(5))


def test_version_loads_nothing_heavy() -> None:
    import_times = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--version"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in import_times.splitlines()}
    assert "click" in loaded
    assert not loaded & {"sqlalchemy", "alembic", "babel", "yaml", "prompt_toolkit", "environs", "apscheduler"}


def test_the_list_of_platforms_loads_no_platforms_library() -> None:
    listed = "import sys, bot.platforms; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", listed], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    ).stdout.split()
    assert "bot" in loaded
    assert not set(loaded) & {"discord", "telegram", "aiohttp", "sqlalchemy", "babel"}


def seconds(*arguments: str) -> float:
    """How much of a processor the program takes from start to end, whatever else the machine is busy with."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "bot", *arguments], cwd=ROOT, capture_output=True, check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


@pytest.mark.parametrize(
    ("message", "refused"),
    [
        (
            "Keep Undo working after a restart\n\nIts token named the message, "
            + "which is gone " * 10
            + "\nwip is a word\n",
            False,
        ),
        ("S" * 72, False),
        ("S" * 73, True),
        ("wip: everything", True),
        ("WIP", True),
        ("Wipe what was left\n", False),
    ],
)
def test_the_hook_for_commits_looks_at_the_subject_alone(message: str, refused: bool) -> None:
    hooks = {
        hook["id"]: hook for repo in yaml.safe_load(read(".pre-commit-config.yaml"))["repos"] for hook in repo["hooks"]
    }
    hook = hooks["commit-subject"]
    assert hook["args"] == ["--multiline"]  # the whole message at once, in which a dot is also the end of a line
    assert bool(re.search(hook["entry"], message, re.MULTILINE | re.DOTALL)) is refused
