"""How the program ends, as a shell or a service manager sees it: Ctrl-C is 130, an orderly stop is 0."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.running import running

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Programs that are started here can be interrupted, even where a shell has these tests ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_service_ends_with_what_it_was_told(tmp_path: Path, sign: signal.Signals, code: int) -> None:
    async def story() -> str:
        async with running(f"sqlite:///{tmp_path / 'study.db'}") as bot:
            return await bot.stops(code, sign)

    assert "Traceback" not in asyncio.run(story())


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_terminal_that_waits_for_words_ends_at_once(tmp_path: Path, sign: signal.Signals, code: int) -> None:
    arguments = [sys.executable, "-m", "bot", "chat", "--db", str(tmp_path / "study.db")]
    with subprocess.Popen(
        arguments,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(sign)
        try:
            assert process.wait(60) == code
        finally:
            process.kill()
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_a_script_that_is_interrupted_says_so(tmp_path: Path) -> None:
    arguments = ["chat", "--script", "-", "--json", "--db", str(tmp_path / "study.db"), "--now", "2026-01-05T08:00Z"]
    script = "u1: /start\n" + "+1d\nu1: /log 1m\n" * 3000
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(script)
        process.stdin.close()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(60) == 130


@pytest.mark.parametrize("arguments", [["roadmap", "schema"], ["chat", "--script", "tests/dialogues/first_week.txt"]])
def test_who_stops_reading_ends_it_without_a_word(arguments: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1
