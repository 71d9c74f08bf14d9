"""One process at a time on an SQLite file.

SQLite before 3.51.3 can corrupt a WAL that two connections write or checkpoint at once. So with an older library a
process that may write holds a lock file beside the database, which the system releases when the process ends. It is
beside the real file, even if that was reached by a link. Newer libraries share the lock, and only a restore takes it
exclusively.
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
    """Another process is using this file."""


@contextmanager
def alone(
    file: Path | None, version: tuple[int, ...] = sqlite3.sqlite_version_info, *, all_alone: bool = False
) -> Iterator[None]:
    """Hold the lock of an SQLite file for the length of a block; without a file there is nothing to lock.

    `all_alone` also excludes processes that could share the lock. Raises `InUse` if another process holds it.
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
    """Whether another process holds the lock of an SQLite file. Nothing on disk is changed."""
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
    """The path of the lock file that belongs to a database file, links resolved."""
    real = file.resolve()
    return real.with_name(f"{real.name}.lock")
