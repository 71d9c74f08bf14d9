"""`studybuddy chat` in a real terminal (a pseudo-terminal), and without one."""

import os
import pty
import re
import select
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from bot.core.ids import EnrollmentId
from bot.storage.alone import SAFE
from bot.storage.database import opened
from tests.platforms.signals import PATIENCE

BOT = [sys.executable, "-m", "bot", "chat"]
_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
_CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STUDYBUDDY_")}
    own = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PROMPT_TOOLKIT_NO_CPR": "1"}
    return kept | own | {"TERM": "xterm-256color", "LANG": "C.UTF-8"}


class Terminal:
    """A person at a pseudo-terminal."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*BOT, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(home),
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = b""

    def wait_for(self, words: str) -> str:
        """Read until the words (a pattern) have come; everything read so far, without colours."""
        end = time.monotonic() + PATIENCE
        while not re.search(words.encode(), _CONTROL.sub(b"", self.seen)):
            assert time.monotonic() < end, f"no {words!r} in {self.seen.decode(errors='replace')}"
            if select.select([self._ours], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self._ours, 65536)
                except OSError:  # the other end has closed
                    break
        return _CONTROL.sub(b"", self.seen).decode(errors="replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def type(self, words: str) -> None:
        self.seen = b""
        os.write(self._ours, words.encode())

    def leave(self) -> int:
        return self.process.wait(PATIENCE)


def test_a_person_at_the_keyboard(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for(r"\[1\] 8 h a week")
        assert _COLOUR.search(terminal.seen)
        terminal.wait_for(">")
        terminal.type("8\r")
        terminal.wait_for("which time zone")
        terminal.type("berlin\r")
        terminal.wait_for("Your days are those of Europe/Berlin.")
        terminal.type("/lo\t")
        terminal.wait_for("/log")  # completed
        terminal.type("1h30\r")
        terminal.wait_for("Logged 1 h 30 min")
        terminal.wait_for(r"Another day[^>]*No\s+>")
        terminal.type("1\r")
        terminal.wait_for("Took back")
        terminal.type("\x1b[A\x1b[A\r")  # history: two lines up
        terminal.wait_for(r"Logged 1 h 30 min[^>]*Another day\s+>")
        terminal.type("\x03")
        terminal.wait_for("See you.")
        assert terminal.leave() == 130
    assert (tmp_path / "data" / "studybuddy" / "studybuddy.db").exists()
    with opened(f"sqlite:///{tmp_path}/data/studybuddy/studybuddy.db") as database:
        total = database.transact(lambda uow: sum(entry.minutes for entry in uow.ledger.entries(EnrollmentId(1))))
    assert total == 90


def test_without_a_terminal_it_reads_lines_and_writes_plain_text(tmp_path: Path) -> None:
    words = "8\nUTC\n/log 1h30\n@cafe /group create\n@cafe /group join by my name\n@cafe /leaderboard\n/export\n"
    command = [*BOT, "--db", str(tmp_path / "study.db"), "--files", str(tmp_path)]
    outcome = subprocess.run(
        command, input=words, env=environment(tmp_path), capture_output=True, text=True, timeout=PATIENCE
    )
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr == ""
    assert "\x1b" not in outcome.stdout
    assert "Logged 1 h 30 min" in outcome.stdout
    assert "you is on the board of cafe now" in outcome.stdout
    assert re.search(r"1  you   1 h 30 min", outcome.stdout)
    assert list(tmp_path.glob("studybuddy-*.json"))


def test_a_second_visit_picks_up_where_the_first_ended(tmp_path: Path) -> None:
    command = [*BOT, "--db", str(tmp_path / "study.db")]
    for words, expected in (("8\n/log 2h\n", "Logged 2 h"), ("", "everything is still here")):
        outcome = subprocess.run(
            command, input=words, env=environment(tmp_path), capture_output=True, text=True, timeout=PATIENCE
        )
        assert expected in outcome.stdout


def test_two_at_once_never_write_to_one_file(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    with Terminal(tmp_path, "--db", str(file)) as terminal:
        terminal.wait_for(r"Deutsch\s+>")
        second = subprocess.run(
            [*BOT, "--db", str(file)],
            input="",
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        if sqlite3.sqlite_version_info < SAFE:
            assert second.returncode == 1
            assert "Another studybuddy is at work on" in second.stderr
        looked = subprocess.run(
            [sys.executable, "-m", "bot", "doctor", "--db", str(file)], env=environment(tmp_path), timeout=PATIENCE
        )
        assert looked.returncode == 0
    third = subprocess.run(
        [*BOT, "--db", str(file)],
        input="8\n",
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert third.returncode == 0  # the lock went with the killed process
