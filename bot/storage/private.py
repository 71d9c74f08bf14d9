"""Files that hold what learners wrote are their owner's alone, whatever the umask."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

MODE = 0o600
FOLDER_MODE = 0o700


def create(file: Path) -> None:
    """Make an empty file that its owner alone can read, and the folders it needs; one that is there stays as it is.

    It is not even opened then: closing it would drop the locks that SQLite has on it in this process.
    """
    make_folder(file.parent)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, MODE))


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone; one that is there stays as it is."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        made.chmod(FOLDER_MODE)


def companions(file: Path) -> Iterator[Path]:
    """An SQLite file with what stands beside it while it is in use."""
    yield file
    for ending in ("-wal", "-shm", ".lock"):
        yield file.with_name(file.name + ending)


def open_to_others(files: Iterable[Path]) -> list[Path]:
    """Those of the files that somebody else has rights on."""
    found = []
    for file in files:
        with suppress(OSError):  # it is not there
            mode = file.stat().st_mode
            if stat.S_ISREG(mode) and stat.S_IMODE(mode) & 0o077:
                found.append(file)
    return found


def tighten(files: Iterable[Path]) -> list[Path]:
    """Take everybody else's rights away from files; those of which there were any."""
    closed = []
    for file in open_to_others(files):
        with suppress(OSError):  # another user's: then it is not ours to close
            file.chmod(MODE)
            closed.append(file)
    return closed


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
