"""What the pages name is there: files, links, commands of the program, targets of the Makefile."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]
FRONT = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES = [*FRONT, ROOT / "CHANGELOG.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
MADE_LATER = frozenset(
    {
        "bot/locales/fr/LC_MESSAGES/studybuddy.po",  # what `make messages ARGS=fr` writes
    }
)
"""Paths that a page names because its reader is to make them."""

_FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_TOP = r"(?:bot|roadmap|migrations|tests|docs|requirements|\.ci|\.github)/[\w./-]*"


def name(page: Path) -> str:
    """A page as a test's id."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


def named_paths(text: str) -> Iterator[str]:
    """The code spans that are paths inside the checkout."""
    yield from (span for span in _SPAN.findall(text) if re.fullmatch(_TOP, span))


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in titles}


def typed_commands() -> Iterator[str]:
    """The lines of README's code blocks that call the program, without what follows after a gap of two spaces."""
    for block in re.findall(r"^```sh\n(.*?)^```$", FRONT[0].read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.removeprefix(".venv/bin/").startswith("studybuddy "):
                yield line.removeprefix(".venv/bin/").split("#")[0].strip()


def tracked_at_the_top() -> set[str]:
    """The files and folders of the checkout's first level that git knows."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout
    return {line.split("/")[0] for line in listed.splitlines()}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page)):
        if link.startswith(("https://", "http://")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    missing = [path for path in named_paths(prose(page)) if path not in MADE_LATER and not (ROOT / path).exists()]
    assert not missing


def test_every_command_of_the_readme_is_one_of_the_program() -> None:
    lines = list(typed_commands())
    assert lines
    for line in lines:
        command: click.Command = main
        words = line.split()[1:]
        while isinstance(command, click.Group):
            sub_command = command.get_command(click.Context(command), words.pop(0))
            assert sub_command is not None, line
            command = sub_command
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize("page", FRONT, ids=name)
def test_every_make_target_that_is_named_is_one(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert {quoted or plain for quoted, plain in named} <= targets


def test_everything_at_the_top_is_named() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in FRONT)
    unnamed = {
        entry for entry in tracked_at_the_top() if not re.search(rf"(?<![\w.]){re.escape(entry)}(?![\w.]*\w)", text)
    }
    assert unnamed == set()


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"^(\d+)\. \[[^]]+\]\((\d{4}-[\w-]+\.md)\)$", (folder / "README.md").read_text(), re.MULTILINE)
    assert [file for _, file in listed] == sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(number) for number, _ in listed] == [int(file[:4]) for _, file in listed]
