"""No acknowledged hour is lost, wherever the process is killed (promise 1).

`STUDYBUDDY_KILLS=2000 pytest tests/faults/test_kills.py` goes on for longer.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.storage import schema
from bot.storage.database import SqlDatabase, opened
from tests.conftest import MONDAY
from tests.storage.stored_rows import studied

FEW, MANY = 3, int(os.environ.get("STUDYBUDDY_KILLS", "12"))
ROOT = Path(__file__).parents[2]
HOURS = 120
"""Lines of hours in one life of the process; it is killed before it can say them all."""


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_every_hour_that_was_acknowledged_is_in_the_ledger_after_a_kill(tmp_path: Path, kills: int) -> None:
    random = Random(1)  # noqa: S311
    file = tmp_path / "books.db"
    acknowledged: set[str] = set()
    for life in range(kills):
        acknowledged |= live(file, life, killed_after=random.randrange(HOURS // 2))
        with opened(f"sqlite:///{file}") as database:
            sound(database)
            notes = [line["note"] for line in studied(database)]
            assert len(notes) == len(set(notes)), "an hour was counted twice"
            assert acknowledged <= set(notes), f"lost in life {life}: {acknowledged - set(notes)}"
            # What was committed when the kill came may be unsaid: one request a life.
            assert len(notes) - len(acknowledged) <= life + 1
    assert len(acknowledged) > kills * HOURS // 8


def test_a_kill_during_the_very_first_start_leaves_nothing_half_made(tmp_path: Path) -> None:
    for n in range(2):
        file = tmp_path / f"{n}.db"
        with bot(file, "2026-01-05T08:00Z", "u1: /start\n") as process:
            while not file.exists() and process.poll() is None:
                pass
            process.kill()
        with opened(f"sqlite:///{file}") as database:
            sound(database)
            status = schema.status(database)
            assert status.revision in {None, status.newest}
            assert schema.upgrade(database, MONDAY).after == status.newest


def live(file: Path, life: int, *, killed_after: int) -> set[str]:
    """Start the bot, let it take down hours, kill it; the notes of the hours it has acknowledged."""
    script = "".join(f'u1: /log 1m "life {life} hour {n}"\n+2m\n' for n in range(HOURS))
    if life == 0:
        script = f"u1: /start\nu1: 8\nu1: UTC\n{script}"
    with bot(file, (MONDAY + timedelta(days=life)).isoformat(), script) as process:
        assert process.stdout is not None
        output: list[str] = []
        while len(output) <= killed_after and (line := process.stdout.readline()):
            output.append(line)
        process.kill()
        output += process.stdout.readlines()
    texts = [json.loads(line)["text"] for line in output if line.endswith("\n")]
    return {text.partition("Note: ")[2].splitlines()[0] for text in texts if text.startswith("Logged 1 min")}


@contextmanager
def bot(file: Path, now: str, script: str) -> Iterator["subprocess.Popen[str]"]:
    """The bot as a process of its own, with a script to play."""
    arguments = ["chat", "--script", "-", "--json", "--db", str(file), "--now", now]
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
    ) as process:
        assert process.stdin is not None
        process.stdin.write(script)
        process.stdin.close()
        yield process


def sound(database: SqlDatabase) -> None:
    """The file is whole, and every reference in it leads somewhere."""
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
