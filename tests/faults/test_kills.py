"""No acknowledged hour is lost, wherever the process is killed (promise 1).

`STUDYBUDDY_KILLS=2000 pytest tests/faults/test_kills.py` goes on for longer.
"""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.storage import schema
from bot.storage.database import SqlDatabase, opened
from tests.conftest import MONDAY
from tests.faults.logging_together import LEARNERS, log_for_ever
from tests.storage.stored_rows import studied

FEW, MANY = 3, int(os.environ.get("STUDYBUDDY_KILLS", "12"))
ROOT = Path(__file__).parents[2]
FORKS = multiprocessing.get_context("forkserver")
"""Begins processes in which everything is imported already."""
HOURS = 120
"""Lines of hours in one life of the process; it is killed before it can say them all."""


@pytest.mark.parametrize("kills", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_every_hour_that_was_acknowledged_is_in_the_ledger_after_a_kill(tmp_path: Path, kills: int) -> None:
    random = Random(1)  # noqa: S311
    file = tmp_path / "study.db"
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


@pytest.mark.parametrize("kills", [FEW, pytest.param(max(200, MANY), marks=pytest.mark.slow)])
def test_every_hour_that_was_acknowledged_is_in_the_ledger_after_a_kill_amid_shared_commits(
    tmp_path: Path, kills: int
) -> None:
    random = Random(3)  # noqa: S311
    file = tmp_path / "study.db"
    acknowledged: set[str] = set()
    commits = 0
    for life in range(kills):
        printed = live_together(file, life, killed_after=random.randrange(3 * LEARNERS), pause=random.random() / 50)
        acknowledged |= {note for note, _ in printed}
        commits += max((count for _, count in printed), default=0)
        with opened(f"sqlite:///{file}") as database:
            sound(database)
            notes = [line["note"] for line in studied(database)]
            assert len(notes) == len(set(notes)), "an hour was counted twice"
            assert acknowledged <= set(notes), f"lost in life {life}: {acknowledged - set(notes)}"
            assert len(notes) - len(acknowledged) <= (life + 1) * LEARNERS
    assert len(acknowledged) > 2 * commits, "hardly anything shared a commit"


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


def live_together(file: Path, life: int, *, killed_after: int, pause: float) -> list[tuple[str, int]]:
    """Let many learners log at once, kill the process; the notes of the hours it has acknowledged, each with the
    number of commits by then."""
    FORKS.set_forkserver_preload(["tests.faults.logging_together"])
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=log_for_ever, args=(str(file), life, theirs))
    process.start()
    theirs.close()
    with ours, open(ours.fileno(), "rb", closefd=False) as stream:
        lines = [stream.readline() for _ in range(killed_after + 1)]
        time.sleep(pause)  # nothing is sure at the moment of an answer
        process.kill()
        lines += stream.readlines()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    whole = [line.decode().strip().rpartition(":") for line in lines if line.endswith(b"\n")]
    return [(note, int(commits)) for note, _, commits in whole]


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
