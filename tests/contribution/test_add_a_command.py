"""The steps of CONTRIBUTING.md, followed in a copy of the checkout, pass what CI asks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "roadmap", "migrations", "tests", "docs", "requirements")
FILES = ("pyproject.toml", "CONTRIBUTING.md", "README.md")
ASKED = (
    ("ruff", "check", "bot", "tests/dialogues"),
    ("ruff", "format", "--check", "bot"),
    ("mypy", "bot/commands/__init__.py"),
    ("pytest", "-q", "-p", "no:cacheprovider", "tests/unit/test_catalogues.py", "tests/unit/test_reference.py"),
    ("pytest", "-q", "-p", "no:cacheprovider", "tests/dialogues/test_dialogues.py", "-k", "goal"),
    ("pytest", "-q", "-p", "no:cacheprovider", "tests/faults/test_all_or_nothing.py", "-k", "missing"),
)
"""What CI asks and a new command could fail; the rest of its tests does not know of it."""


def blocks(section: str) -> list[str]:
    """The indented code blocks of a section of CONTRIBUTING.md, in order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    match = re.search(rf"^## {section}$(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    assert match, section
    return [dedent(code) for code in re.findall(r"^   ```\w*\n(.*?)^   ```$", match[1], re.MULTILINE | re.DOTALL)]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(checkout: Path, *words: str) -> str:
    outcome = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=checkout,
        env=dict(os.environ) | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, f"{' '.join(words)}\n{outcome.stdout}\n{outcome.stderr}"
    return outcome.stdout


@pytest.mark.slow
def test_the_steps_for_a_command_pass_ci(checkout: Path) -> None:
    command, conversation = blocks("Add a command")
    (checkout / "bot" / "commands" / "goal.py").write_text(command, encoding="utf-8")
    listed = checkout / "bot" / "commands" / "__init__.py"
    text = listed.read_text(encoding="utf-8")
    text = text.replace(
        "from bot.commands.group import", "from bot.commands.goal import goal\nfrom bot.commands.group import", 1
    )
    listed.write_text(re.sub(r"^    why,$", "    why,\n    goal,", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    (checkout / "tests" / "dialogues" / "goal.txt").write_text(conversation, encoding="utf-8")
    output = run(checkout, "bot.locales.extract", "--all")
    assert "de: not translated yet, shown in English: Compare an amount with what your week owes." in output
    run(checkout, "bot.reference")
    for words in ASKED:
        run(checkout, *words)
