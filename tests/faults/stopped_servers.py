"""PostgreSQL servers whose processes are stopped and go on."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL


@contextmanager
def stopped(server: URL) -> Iterator["GoOn"]:
    """A server whose processes are stopped, for new connections, too. Used with servers of this test only."""
    if "TEST_DATABASE_URL" in os.environ:
        pytest.skip("not a server of our own")
    engine = create_engine(server)
    with engine.connect() as connection:
        pids = [
            pid for (pid,) in connection.execute(text("SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL"))
        ]
        folder = connection.execute(text("SHOW data_directory")).scalar_one()
    engine.dispose()
    pids.append(int((Path(folder) / "postmaster.pid").read_text().splitlines()[0]))
    go_on = GoOn(pids)
    for pid in pids:
        go_on.send(pid, signal.SIGSTOP)
    try:
        yield go_on
    finally:
        go_on()


class GoOn:
    """Lets processes go on."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids

    def __call__(self) -> None:
        for pid in self.pids:
            self.send(pid, signal.SIGCONT)

    @staticmethod
    def send(pid: int, sign: signal.Signals) -> None:
        """Tell one that may have ended meanwhile."""
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
