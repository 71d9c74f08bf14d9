"""A copy of the checkout in which a test follows the steps of CONTRIBUTING.md."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "roadmap", "migrations", "tests", "docs", "requirements")
FILES = ("pyproject.toml", "CONTRIBUTING.md", "README.md", ".env.example")


def copy(to: Path) -> Path:
    """What a contributor changes and the tests look at."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, to / name)
    return to


def tried(checkout: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Python with these words in the copy, on the copy's code."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=checkout,
        env=dict(os.environ) | {"PYTHONPATH": str(checkout), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def run(checkout: Path, *words: str) -> str:
    """The same; what it printed, once it succeeded."""
    done = tried(checkout, *words)
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
