"""One process at a time on an SQLite file.

Every SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint at once. So where the library is
older, a process that means to write holds a lock beside the file; it goes with the process, however that ends.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage.database import SqlDatabase

SAFE = (3, 51, 3)
"""From this version on several writers are safe (sqlite.org, "the WAL-reset bug")."""


class InUse(Exception):
    """Another process is writing to this file."""


@contextmanager
def alone(database: SqlDatabase, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Iterator[None]:
    """Be the only writer of the database for the length of a block. Raises `InUse` where another process is."""
    file = database.url.database
    if not database.sqlite or not file or file == ":memory:" or version >= SAFE:
        yield
        return
    try:
        import fcntl
    except ImportError:  # Windows locks open files by itself
        yield
        return
    path = Path(f"{file}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(file) from None
        yield
