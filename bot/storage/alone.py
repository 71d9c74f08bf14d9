"""One process at a time on an SQLite file.

Every SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint at once. So where the library is
older, a process that means to write holds a lock beside the file; it goes with the process, however that ends. The lock
is beside the file itself, wherever a link to it may stand. Newer libraries share the lock, and only a restore wants it
for itself.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.storage import private

SAFE = (3, 51, 3)
"""From this version on several writers are safe (sqlite.org, "the WAL-reset bug")."""


class InUse(Exception):
    """Another process is writing to this file."""


@contextmanager
def alone(
    file: Path | None, version: tuple[int, ...] = sqlite3.sqlite_version_info, *, all_alone: bool = False
) -> Iterator[None]:
    """Be the only writer of an SQLite file for the length of a block; None for what is no file.

    `all_alone` shuts out also those who could share it. Raises `InUse` where another process is at work.
    """
    if file is None:
        yield
        return
    try:
        import fcntl
    except ImportError:  # Windows locks open files by itself
        yield
        return
    path = lock_of(file)
    private.create(path)
    shared = version >= SAFE and not all_alone
    handle = os.open(path, os.O_RDWR)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(file) from None
        yield
    finally:
        os.close(handle)


def in_use(file: Path) -> bool:
    """Whether a process is at work on an SQLite file; it touches nothing."""
    try:
        import fcntl

        handle = os.open(lock_of(file), os.O_RDONLY)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def lock_of(file: Path) -> Path:
    """The lock of a file whose links are followed."""
    real = file.resolve()
    return real.with_name(f"{real.name}.lock")
