"""A database that hangs, is locked, full or gone, under the program itself (promises 13, 16, 37 and 38).

An honest answer and a stop within ten seconds, nothing called logged that is not on disk, and recovery by itself.
Slow are all but one: the program waits in them until its own limits are over.
"""

import asyncio
import os
import resource
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from bot import app, supervisor
from bot.storage import engines, workers
from bot.storage.database import opened
from tests.conftest import fresh_postgresql
from tests.faults.running import NOT_SURE, ROOT, SORRY, running
from tests.faults.stopped_servers import stopped
from tests.platforms.signals import PATIENCE
from tests.storage.stored_rows import studied


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "study.db"


@pytest.fixture
def server(postgresql: URL) -> Iterator[URL]:
    """An empty database on a server."""
    with fresh_postgresql(postgresql) as url:
        yield url


def minutes(url: str | URL) -> list[int]:
    """What is in the ledger."""
    with opened(url, read_only=True) as database:
        return [line["minutes"] for line in studied(database)]


def test_the_limits_add_up_to_less_than_ten_seconds() -> None:
    assert workers.PATIENCE + workers.COMMIT_PATIENCE < 9
    assert engines.BUSY_MS / 1000 < workers.PATIENCE
    assert all(float(limit.rstrip("s")) < workers.PATIENCE for limit in list(engines.LIMITS.values())[:2])
    assert app.DRAIN < supervisor.STOP
    assert supervisor.STOP + 1.5 < 10
    assert workers.HURRIED + workers.COMMIT_PATIENCE < supervisor.STOP


def test_a_file_locked_by_another_program_is_answered_and_waited_out(file: Path) -> None:
    async def story() -> None:
        async with running(f"sqlite:///{file}") as bot:
            with closing(sqlite3.connect(file, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                await bot.says("/log 21m", expects=SORRY)
                other.execute("ROLLBACK")
            await bot.says("/log 23m", expects="Logged 23 min")
            assert minutes(f"sqlite:///{file}") == [23]
            with closing(sqlite3.connect(file, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                await bot.ada.says("/log 24m")
                await bot.stops()

    asyncio.run(story())
    assert minutes(f"sqlite:///{file}") == [23]


@pytest.mark.slow
def test_a_full_disk_is_answered_and_work_goes_on_when_there_is_room_again(file: Path) -> None:
    async def story() -> str:
        async with running(f"sqlite:///{file}") as bot:
            pid = bot.process.pid
            before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1024, before[1]))
            for amount in (21, 22):
                await bot.says(f"/log {amount}m", expects=SORRY)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
            await bot.says("/log 23m", expects="Logged 23 min")
            return await bot.stops()

    written = asyncio.run(story())
    assert minutes(f"sqlite:///{file}") == [23]
    assert "Traceback" not in written


@pytest.mark.slow
@pytest.mark.parametrize("how", ["rm", "truncate", "rmdir"])
def test_a_file_that_is_taken_away_is_said_and_work_goes_on_with_a_proper_one(
    tmp_path: Path, file: Path, how: str
) -> None:
    good = tmp_path / "elsewhere" / "good.db"
    file = tmp_path / "data" / "study.db"

    async def story() -> str:
        async with running(f"sqlite:///{file}") as bot:
            await bot.says("/log 20m", expects="Logged 20 min")
            program("db", "backup", str(good), "--db", str(file))
            if how == "rm":
                for part in file.parent.glob("study.db*"):
                    part.unlink()
            elif how == "truncate":
                os.truncate(file, 0)
            else:
                shutil.rmtree(file.parent)
            for amount in (21, 22):
                await bot.says(f"/log {amount}m", expects=SORRY)
            file.parent.mkdir(exist_ok=True)
            good.replace(file)
            await bot.says("/log 23m", expects="Logged 23 min")
            assert minutes(f"sqlite:///{file}") == [20, 23]
            return await bot.stops()

    written = asyncio.run(story())
    assert minutes(f"sqlite:///{file}") == [20, 23]
    assert str(file) in written
    assert "Traceback" not in written


@pytest.mark.slow
def test_a_database_copied_into_the_open_file_ends_the_program_which_begins_with_it(tmp_path: Path, file: Path) -> None:
    good = tmp_path / "good.db"

    async def story() -> None:
        async with running(f"sqlite:///{file}") as bot:
            await bot.says("/log 20m", expects="Logged 20 min")
            program("db", "backup", str(good), "--db", str(file))
            await bot.says("/log 21m", expects="Logged 21 min")
            shutil.copyfile(good, file)
            await bot.says("/log 22m", expects=SORRY)
            await asyncio.wait_for(bot.process.wait(), PATIENCE)
            assert bot.process.returncode == 75

    asyncio.run(story())
    assert minutes(f"sqlite:///{file}") == [20]


@pytest.mark.slow
def test_a_disk_that_hangs_in_a_commit_is_not_called_logged_and_does_not_keep_the_program(
    tmp_path: Path, file: Path, hanging: "Disk"
) -> None:
    async def story() -> None:
        async with running(f"sqlite:///{file}", "bob") as bot:
            hanging.hang()

            async def behind() -> None:
                await bot.t.until(lambda: hanging.is_waited_for)
                await bot.says("/log 22m", expects=SORRY, who=bot.t.people["bob"])

            await asyncio.gather(bot.says("/log 21m", expects=NOT_SURE), behind())
            await bot.stops()

    asyncio.run(story())


@pytest.mark.slow
def test_a_disk_that_hung_for_a_while_is_written_to_again(file: Path, hanging: "Disk") -> None:
    async def story() -> None:
        async with running(f"sqlite:///{file}") as bot:
            hanging.hang()
            await bot.says("/log 21m", expects=NOT_SURE)
            hanging.go_on()
            await bot.says("/log 23m", expects="Logged 23 min")
            await bot.stops()

    asyncio.run(story())
    assert minutes(f"sqlite:///{file}")[-1] == 23


@pytest.mark.slow
def test_a_locked_table_is_answered_and_waited_out(server: URL) -> None:
    async def story() -> None:
        async with running(shown(server)) as bot:
            engine = create_engine(server)
            with engine.connect() as other:
                other.execute(text("LOCK TABLE learner IN ACCESS EXCLUSIVE MODE"))
                for amount in (21, 22):
                    await bot.says(f"/log {amount}m", expects=SORRY)
                other.rollback()
                await bot.says("/log 23m", expects="Logged 23 min")
                other.execute(text("LOCK TABLE learner IN ACCESS EXCLUSIVE MODE"))
                await bot.ada.says("/log 24m")
                await bot.stops()
            engine.dispose()

    asyncio.run(story())
    assert minutes(server) == [23]


@pytest.mark.slow
def test_a_server_that_stops_answering_is_answered_for_and_found_again(server: URL) -> None:
    async def story() -> None:
        async with running(shown(server), "bob") as bot:
            with stopped(server) as go_on:
                await asyncio.gather(
                    bot.says("/log 21m", expects=SORRY), bot.says("/today", expects=SORRY, who=bot.t.people["bob"])
                )
                await bot.says("/log 22m", expects=SORRY)
                go_on()
                await bot.says("/log 23m", expects="Logged 23 min")
            with stopped(server):
                await bot.ada.says("/log 24m")
                await bot.stops()

    asyncio.run(story())
    assert minutes(server) == [23]


class Disk:
    """A disk under a program, on which `fsync` may never return."""

    def __init__(self, flag: Path) -> None:
        self.flag = flag
        self.go_on()

    def hang(self) -> None:
        """From now on nothing gets to the disk."""
        self._write(1)

    def go_on(self) -> None:
        """What waits gets there."""
        self._write(0)

    @property
    def is_waited_for(self) -> bool:
        """Whether something waits for it to go on."""
        hangs, waits = struct.unpack("qq", self.flag.read_bytes())
        return bool(hangs and waits)

    def _write(self, value: int) -> None:
        self.flag.touch()
        with self.flag.open("r+b") as opened_flag:
            opened_flag.write(struct.pack("qq", value, 0))


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """A disk that can hang under every program started from here; skips where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler to make a disk hang with")
    library = tmp_path / "hanging_disk.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", str(library), str(Path(__file__).with_name("hanging_disk.c"))], check=True
    )
    disk = Disk(tmp_path / "flag")
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("HANGING_DISK", str(disk.flag))
    return disk


def program(*arguments: str) -> None:
    """Another program of ours, to its end."""
    subprocess.run([sys.executable, "-m", "bot", *arguments], check=True, capture_output=True, cwd=ROOT)


def shown(url: URL) -> str:
    """An address with its password, as a host would write it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
