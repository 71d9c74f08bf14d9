"""The steps of CONTRIBUTING.md, followed in a copy of the checkout, pass what CI asks."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.contribution.checkout import ROOT, copy, run

PYTEST = ("pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow")
COMMAND_CHECKS = (
    ("ruff", "check", "bot", "tests/dialogues"),
    ("ruff", "format", "--check", "bot"),
    ("mypy", "bot/commands/__init__.py"),
    (*PYTEST, "tests/unit/test_catalogues.py", "tests/unit/test_reference.py"),
    (*PYTEST, "tests/faults/test_all_or_nothing.py", "-k", "missing"),
)
"""What CI asks and a new command could fail, beside its dialogue; the rest of the tests does not know of it."""
REMINDER_CHECKS = (
    (*PYTEST, "tests/unit/core/test_reminder_limits.py", "tests/unit/core/test_facts.py"),
    (
        *PYTEST,
        "tests/delivery/test_reminder_changes.py",
        "tests/delivery/test_clock_changes.py",
        "-k",
        "not postgresql",
    ),
)
"""What CI asks and a new kind of reminder could fail besides."""


def blocks(section: str) -> list[str]:
    """The indented code blocks of a section of CONTRIBUTING.md, in order."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {section}$(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    assert found, section
    return [dedent(code) for code in re.findall(r"^   ```\w*\n(.*?)^   ```$", found[1], re.MULTILINE | re.DOTALL)]


def listed(checkout: Path, module: str, *, below: str) -> None:
    """Add a command to the list of commands: its import, and its line below another's."""
    path, name = checkout / "bot" / "commands" / "__init__.py", module.rpartition(".")[2]
    text = path.read_text(encoding="utf-8").replace("\nCOMMANDS", f"from {module} import {name}\n\nCOMMANDS", 1)
    path.write_text(text.replace(f"\n    {below},\n", f"\n    {below},\n    {name},\n", 1), encoding="utf-8")
    run(checkout, "-m", "ruff", "check", "-q", "--fix", "--select", "I", str(path))


def generated(checkout: Path) -> str:
    """`make generated`, as far as commands matter to it; what it says is not translated yet."""
    told = run(checkout, "-m", "bot.locales.extract", "--all")
    run(checkout, "-m", "bot.reference")
    return told


@pytest.mark.slow
def test_the_steps_for_a_command_pass_ci(tmp_path: Path) -> None:
    checkout = copy(tmp_path)
    command, conversation = blocks("Add a command")
    (checkout / "bot" / "commands" / "goal.py").write_text(command, encoding="utf-8")
    listed(checkout, "bot.commands.goal", below="why")
    (checkout / "tests" / "dialogues" / "goal.txt").write_text(conversation, encoding="utf-8")
    assert "de: not translated yet, shown in English: Compare an amount with what your week owes." in generated(
        checkout
    )
    for words in (*COMMAND_CHECKS, (*PYTEST, "tests/dialogues/test_dialogues.py", "-k", "goal")):
        run(checkout, "-m", *words)


@pytest.mark.slow
def test_the_steps_for_a_reminder_pass_ci(tmp_path: Path) -> None:
    checkout = copy(tmp_path)
    reminder, conversation = blocks("Add a reminder")
    (checkout / "bot" / "commands" / "scheduled" / "outlook.py").write_text(reminder, encoding="utf-8")
    listed(checkout, "bot.commands.scheduled.outlook", below="nudge")
    (checkout / "tests" / "dialogues" / "outlook.txt").write_text(conversation, encoding="utf-8")
    assert "de: not translated yet, shown in English: what the next week owes" in generated(checkout)
    for words in (*COMMAND_CHECKS, *REMINDER_CHECKS, (*PYTEST, "tests/dialogues/test_dialogues.py")):
        run(checkout, "-m", *words)
