"""In whatever way a shown member finishes a roadmap, or undoes that, their group's places follow, and nobody sees to it
by hand."""

from pathlib import Path

import pytest

from bot.storage.database import SqlDatabase
from tests.conftest import Talk
from tests.usecases.board_examples import MEMBER
from tests.usecases.test_overtaken_messages import states

_TEA = Path("tests/dialogues/files/tea.yaml")
"""A roadmap of 4 hours: 2 on kinds of tea, 2 on a first cup."""
_DRINKS_TEA = MEMBER + f"u1: /upload {_TEA}\nu1: [Use it for cafe]\n+2m\nu1@cafe: [Follow it]\nu1: [2 h a week]\n"
WAYS = {
    "hours": "u1: /log 4h",
    "several at once": "u1: /log 1h, 3h\nu1: [Log both]",
    "hours from before": "u1: /before 4h",
    "hours of a file": "u1: /import {hours}\nu1: [Log these]",
    "done early": "u1: /log 3h\nu1: /done",
    "left out": "u1: /log 2h30\nu1: /catchup leave out first cup",
    "moved": "u1: /log 1h kinds\nu1: /done kinds\n+2m\nu1: /log 1h\nu1: /history\nu1: [Change 3]\nu1: [Another item]\n"
    "u1: [A first cup]",
    "another version": "u1: /done kinds\nu1: /log 1h\nu1: /upload {version}\nu1: [Use it for cafe]\n"
    "u1: /roadmap changes\nu1: [Take it]",
    "put back": "u1: /log 4h\nu1: /undo\nu1: [Put it back]",
    "another account": "u1: /log 2h\nu2: /start 8\nu2: [UTC]\nu2@cafe: [Follow it]\nu2: [2 h a week]\nu2: /log 2h\n"
    "u1: /link\nu2: /link {code}\nu2: [Link the accounts]\n+1m\nu1: [Link the accounts]",
}
UNDONE = {
    "hours": "u1: /log 4h\nu1: /undo",
    "done early": "u1: /log 3h\nu1: /done\nu1: /undo",
    "hours from before": "u1: /before 4h\nu1: [Undo]",
    "begun again": "u1: /log 4h\nu1: /start again",
}


def _played(script: str, folder: Path) -> str:
    """The script, with a file of hours and a version in which a first cup takes 1 hour."""
    (folder / "version.yaml").write_text(
        _TEA.read_text(encoding="utf-8")
        .replace("version: 1.0.0", "version: 1.1.0")
        .replace("title: Kinds of tea\n        hours: 2", "title: Kinds of tea\n        hours: 3")
        .replace("hours: 0.5\n            do: Read", "hours: 1.5\n            do: Read")
        .replace("title: A first cup\n        hours: 2", "title: A first cup\n        hours: 1")
        .replace("hours: 1.5\n            do: Brew", "hours: 0.5\n            do: Brew"),
        encoding="utf-8",
    )
    (folder / "hours.csv").write_text("date,duration\n2026-01-05,4:00\n", encoding="utf-8")
    for name, value in {"version": folder / "version.yaml", "hours": folder / "hours.csv"}.items():
        script = script.replace(f"{{{name}}}", str(value))
    return _DRINKS_TEA + script


@pytest.mark.parametrize("script", WAYS.values(), ids=WAYS)
def test_a_group_is_told_once_however_a_member_finishes(
    script: str, talk: Talk, sqlite: SqlDatabase, tmp_path: Path
) -> None:
    talk(_played(script, tmp_path))
    assert states(sqlite, "finishtold") == ["pending"]


@pytest.mark.parametrize("script", UNDONE.values(), ids=UNDONE)
def test_no_group_is_told_of_a_finish_that_was_undone(
    script: str, talk: Talk, sqlite: SqlDatabase, tmp_path: Path
) -> None:
    talk(_played(script, tmp_path))
    assert states(sqlite, "finishtold") == ["nothing_to_send"]


def test_hours_after_the_end_finish_nothing_again(talk: Talk, sqlite: SqlDatabase, tmp_path: Path) -> None:
    talk(_played("u1: /log 4h\n+1d\nu1: /log 1h\n+1d\nu1: /before 1h\nu1: /undo", tmp_path))
    assert states(sqlite, "finishtold") == ["sent"]
