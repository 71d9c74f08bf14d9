"""How long things take, beside a floor measured in the same run. Quote the ratios: machines differ, ratios less."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY

pytestmark = pytest.mark.bench

MIX = (
    "/log 17m",
    "/today",
    "/log 23m yesterday",
    "/progress",
    "/undo",
    "/plan",
    "/log 31m calculus",
    "/history",
    "/module",
    "/why",
)


@pytest.fixture(autouse=True)
def quick_disk() -> None:
    """Here the disk is waited for."""


def told(what: str, value: str) -> None:
    print(f"{what:<52} {value}")  # noqa: T201 - a bench prints


def thousand() -> str:
    """A script of 1,000 commands of a learner's usual mix, over some weeks."""
    lines = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]"]
    for n in range(997):
        lines.append(f"u1: {MIX[n % len(MIX)]}")
        if n % 20 == 19:
            lines.append("+8h")
    return "\n".join(lines)


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """The median of some runs."""
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def test_a_script_of_a_thousand_commands(tmp_path: Path) -> None:
    script = tmp_path / "thousand.txt"
    script.write_text(thousand(), encoding="utf-8")
    numbers = iter(range(9))

    def play() -> None:
        books = tmp_path / f"{next(numbers)}.db"
        command = [sys.executable, "-m", "bot", "chat", "--script", str(script), "--db", str(books), "--json"]
        done = subprocess.run([*command, "--now", "2026-01-05T08:00Z"], capture_output=True, check=True)
        assert done.stdout.count(b'"kind": "reply"') + done.stdout.count(b'"kind": "edit"') == 1000

    taken = [seconds(play, runs=1) for _ in range(5)]
    told(
        "a script of 1,000 commands, whole process", f"{min(taken):.2f} s at best, {median(taken):.2f} s in the middle"
    )
    assert min(taken) < 5  # what a busy machine adds is not ours


def test_a_command_beside_a_bare_commit(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path) -> None:
    application = wire(sqlite, {}, roadmaps=roadmaps, clock=lambda: MONDAY)
    ada = Account("terminal", "ada", "ada")

    async def say(command: str, count: int, **args: str) -> None:
        for n in range(count):
            now = MONDAY + timedelta(minutes=2 * n)
            await application.dispatcher.handle(Request(f"{command}{n}{args}", ada, command, args), now)

    asyncio.run(say("start", 1, hours="8h"))
    with closing(sqlite3.connect(tmp_path / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, words TEXT)")

        def commits() -> None:
            for _ in range(200):
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO line (words) VALUES ('x')")
                bare.execute("COMMIT")

        floor = seconds(commits) / 200
    told("a bare commit of one row (floor)", f"{floor * 1e3:.2f} ms")
    for name, args in (("today", {}), ("log", {"spent": "1m", "again": "1"})):
        taken = seconds(lambda name=name, args=args: asyncio.run(say(name, 200, **args)), runs=1) / 200  # type: ignore[misc]
        told(f"/{name}, request to committed answer", f"{taken * 1e3:.2f} ms, {taken / floor:.1f} x the floor")


def test_a_reminder_due(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    learners = 500
    now = MONDAY

    class Nobody:
        ready = True

        async def send(self, to: Account | Place, answer: object, key: str) -> str | None:
            return key

        async def edit(self, to: Place, message: str, answer: object) -> bool:
            return True

    application = wire(sqlite, {"terminal": Nobody()}, roadmaps=roadmaps, clock=lambda: now)

    async def enroll() -> None:
        for n in range(learners):
            account = Account("terminal", f"u{n}", f"u{n}")
            await application.dispatcher.handle(Request(f"start{n}", account, "start", {"hours": "8h"}), MONDAY)

    asyncio.run(enroll())
    now = MONDAY + timedelta(hours=1)
    taken = seconds(lambda: asyncio.run(application.worker.tick()), runs=1)
    told("a reminder, due to settled", f"{taken / learners * 1e3:.2f} ms ({learners / taken:.0f}/s)")
    idle = seconds(lambda: asyncio.run(application.worker.tick()))
    told("a tick with nothing due", f"{idle * 1e3:.2f} ms")
