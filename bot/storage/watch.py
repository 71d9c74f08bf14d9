"""Whether an SQLite file is still the file that was opened.

A file that is deleted or replaced still works through the open handle, and what is written there is lost
(sqlite.org, "How To Corrupt An SQLite Database File", section 4). So its device and inode, and those of the files
beside it, are compared before a commit counts; and a foreign change is examined before anything is written.
"""

import os
import sqlite3
import stat
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_HEADER = 100
"""Bytes of an SQLite file's header (sqlite.org/fileformat.html)."""
_BESIDE = ("-wal", "-shm")

Inode = tuple[int, int]


@dataclass(frozen=True)
class State:
    """What a file looks like from outside: device and inode, bytes, time of the last change (nanoseconds), SQLite
    header."""

    inode: Inode
    size: int
    changed: int
    header: bytes


class Watch:
    """One SQLite file while it is open. All methods are called from the writing thread."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known: State | None = None
        """The file as we left it; None until it was opened."""
        self._beside: dict[str, Inode] = {}
        # Closing any handle of a file drops the locks that SQLite has on it in this process: these stay open.
        self._handles: dict[Inode, int] = {}

    def opened(self) -> None:
        """Remember the file and those beside it, as they are now, as the ones that are written to."""
        self.known = self.look()
        self._beside = {end: inode for end in _BESIDE if (inode := _inode(self._with(end)))}

    def left(self) -> None:
        """Remember the file as this process has just changed it."""
        known = self.known
        if known is None:
            return
        now = os.fstat(self._handles[known.inode])
        if (now.st_size, now.st_mtime_ns) != (known.size, known.changed):
            header = os.pread(self._handles[known.inode], _HEADER, 0)
            self.known = State(known.inode, now.st_size, now.st_mtime_ns, header)
        for end in _BESIDE:
            if end not in self._beside and (inode := _inode(self._with(end))):
                self._beside[end] = inode

    def closed(self) -> None:
        """The connection was closed, and with it its log."""
        self._beside = {}
        self.left()

    def look(self) -> State | None:
        """The file as it is now; None if it does not exist."""
        inode = _inode(self.file)
        if inode is None:
            return None
        if inode not in self._handles:
            try:
                handle = os.open(self.file, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
            except OSError:
                return None
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                os.close(handle)
                return None
            inode = (status.st_dev, status.st_ino)
            self._handles[inode] = handle
        now = os.fstat(self._handles[inode])
        known = self.known
        if known and known.inode == inode and (known.size, known.changed) == (now.st_size, now.st_mtime_ns):
            return known
        return State(inode, now.st_size, now.st_mtime_ns, os.pread(self._handles[inode], _HEADER, 0))

    @property
    def same_file(self) -> bool:
        """Whether there is still the opened file at the path."""
        return self.known is not None and _inode(self.file) == self.known.inode

    def leads_here(self, path: Path) -> bool:
        """Whether another path leads to the opened file."""
        return self.known is not None and _inode(path) == self.known.inode

    @property
    def same_beside(self) -> bool:
        """Whether the log and the index beside the file are still those that are written to."""
        return all(_inode(self._with(end)) == inode for end, inode in self._beside.items())

    def set_aside(self) -> list[Path]:
        """Rename this process's log and index, which would damage another file at the path; returns the new paths."""
        moved = []
        for end, inode in self._beside.items():
            if _inode(self._with(end)) == inode:
                to = free_name(self._with(f"{end}-left"))
                self._with(end).rename(to)
                moved.append(to)
        self._beside = {}
        return moved

    def rescue(self, connection: sqlite3.Connection) -> Path | None:
        """Copy what can still be read through an open connection of a deleted file; None if that fails, else the
        copy's path."""
        to = free_name(self.file.with_name(f"{self.file.stem}-rescued{self.file.suffix or '.db'}"))
        try:
            os.close(os.open(to, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            copy = sqlite3.connect(to)
            try:
                connection.backup(copy)
            finally:
                copy.close()
        except (OSError, sqlite3.Error):
            with suppress(OSError):
                to.unlink(missing_ok=True)
            return None
        return to

    def close(self) -> None:
        """Close the handles; only after SQLite has closed its own."""
        for handle in self._handles.values():
            os.close(handle)
        self._handles = {}
        self.known = None

    def _with(self, ending: str) -> Path:
        return self.file.with_name(self.file.name + ending)


def free_name(file: Path) -> Path:
    """This path, or the first numbered one like it that does not exist."""
    if not file.exists():
        return file
    names = (file.with_name(f"{file.stem}-{n}{file.suffix}") for n in count(2))
    return next(name for name in names if not name.exists())


def _inode(file: Path) -> Inode | None:
    try:
        status = os.stat(file)  # noqa: PTH116 - once or twice for every request
    except OSError:
        return None
    return status.st_dev, status.st_ino
