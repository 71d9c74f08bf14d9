"""The program itself under a clock that is set about: ticks go on, and what is due comes (promise 36)."""

import asyncio
import shutil
import struct
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.database import opened
from tests.platforms import telegram
from tests.storage.stored_rows import lines
from tests.wire.test_program import program, stopped


class Wall:
    """The wall clock of a program under test."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "shift"
        self.file.write_bytes(struct.pack("q", 0))

    def set_to(self, instant: str) -> None:
        """From now on it is this instant there."""
        shift = round(datetime.fromisoformat(instant).replace(tzinfo=UTC).timestamp() - time.time())
        with self.file.open("r+b") as opened_file:
            opened_file.write(struct.pack("q", shift))


@pytest.fixture
def wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wall:
    """A wall clock that every program started from here has; skips where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler to shift a clock with")
    library = tmp_path / "wall_clock.so"
    source = Path(__file__).with_name("wall_clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    clock = Wall(tmp_path)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("WALL_CLOCK_SHIFT", str(clock.file))
    return clock


def announced(file: Path) -> list[tuple[str, str]]:
    """The announcements in a database: for which day, and what became of each."""
    with opened(f"sqlite:///{file}", read_only=True) as database:
        deliveries = [line for line in lines(database, "delivery") if line["kind"] == "announcement"]
    return [(line["occasion"], line["state"]) for line in deliveries]


def due_on(file: Path) -> str:
    """The day on which the announcement is due next."""
    with opened(f"sqlite:///{file}", read_only=True) as database:
        (rule,) = [line for line in lines(database, "reminder") if line["kind"] == "announcement"]
    return str(rule["due"])[:10]


@pytest.mark.slow
def test_a_clock_set_back_costs_a_tick_and_one_set_forward_and_back_loses_nothing(tmp_path: Path, wall: Wall) -> None:
    wall.set_to("2026-03-02T11:00:00")  # a Monday

    async def story() -> None:
        async with telegram.TelegramServer() as t, program(tmp_path / "study.db", t, None) as process:
            ada = t.person("ada")
            await ada.starts()
            await t.hears(ada, "How many hours a week")
            await ada.presses("8 h a week")
            await t.hears(ada, "which time zone")
            await ada.says("UTC")
            await t.hears(ada, "Your days are those of UTC")
            # Back by two hours, to a few seconds before what is due.
            wall.set_to("2026-03-02T08:50:40")
            await ada.says("/reminders week monday 08:51")
            await t.hears(ada, "08:51")
            wall.set_to("2026-03-02T08:50:57")
            await t.hears(ada, "Week 1 of")
            # Ahead by mistake for three weeks: that week's is said; and back again.
            wall.set_to("2026-03-23T08:50:58")
            await t.hears(ada, "Week 4 of")
            await t.until(lambda: announced(tmp_path / "study.db")[-1] == ("2026-03-23", "sent"))
            wall.set_to("2026-03-02T09:00:00")
            await t.until(lambda: due_on(tmp_path / "study.db") == "2026-03-09")
            wall.set_to("2026-03-09T08:50:58")
            await t.hears(ada, "Week 2 of")
            await stopped(process)

    asyncio.run(story())
    assert announced(tmp_path / "study.db") == [("2026-03-02", "sent"), ("2026-03-23", "sent"), ("2026-03-09", "sent")]
