"""A platform is a folder and a line: its imports are checked without a word in `pyproject.toml`."""

import shutil
from pathlib import Path

import pytest

from tests.contribution.checkout import ROOT, run, tried

LINT = "import sys; from importlinter.cli import lint_imports_command as lint; sys.argv[1:] = ['--no-cache']; lint()"
LINE = "from bot.adapters.toy.plugin import TOY\n"
"""The one line outside the folder, beside its name in the list."""


@pytest.fixture
def with_toy(tmp_path: Path) -> Path:
    """The program with the toy platform of the tests as one of its own."""
    for name in ("bot", "roadmap", "migrations"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    folder = tmp_path / "bot" / "adapters" / "toy"
    folder.mkdir()
    (folder / "__init__.py").touch()
    shutil.copy(ROOT / "tests" / "toy_platform" / "plugin.py", folder)
    listed = tmp_path / "bot" / "platforms.py"
    text = listed.read_text(encoding="utf-8")
    text = text.replace("\nPLATFORMS", f"{LINE}\nPLATFORMS").replace("    TELEGRAM,\n", "    TELEGRAM,\n    TOY,\n")
    listed.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_and_a_line_keep_the_contracts(with_toy: Path) -> None:
    assert " 0 broken." in run(with_toy, "-c", LINT)
    plugins = "from bot.platforms import PLATFORMS; print(*(plugin.name for plugin in PLATFORMS))"
    assert run(with_toy, "-c", plugins).split()[-1] == "toy"


def test_what_a_platform_may_not_import_is_found_in_a_new_folder(with_toy: Path) -> None:
    wrong = {
        "another": "from bot.adapters.discord.render import rendered",
        "library": "import discord",
        "commands": "from bot.commands import COMMANDS",
        "delivery": "from bot.delivery.worker import DeliveryWorker",
        "storage": "from bot.storage.database import SqlDatabase",
        "sql": "import sqlalchemy",
        "settings": "from bot.settings import load",
    }
    folder = with_toy / "bot" / "adapters" / "toy"
    for name, line in wrong.items():
        (folder / f"{name}.py").write_text(f"{line}\n", encoding="utf-8")
    (with_toy / "bot" / "delivery" / "curious.py").write_text("import bot.adapters.toy.plugin\n", encoding="utf-8")
    checked = tried(with_toy, "-c", LINT)
    assert checked.returncode == 1
    for name in wrong:
        assert f"bot.adapters.toy.{name} -> " in checked.stdout, checked.stdout
    assert "bot.delivery.curious -> bot.adapters.toy.plugin" in checked.stdout
