"""Files with learners' data are accessible to their owner only, whatever the umask."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

MODE = 0o600
FOLDER_MODE = 0o700


def create(file: Path) -> None:
    """Create an empty file that only its owner can read, with the folders it needs; an existing one is left as it
    is.

    An existing file is not even opened: closing it would drop the locks that SQLite has on it in this process.
    """
    make_folder(file.parent)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, MODE))


def make_folder(folder: Path) -> None:
    """Create a folder for its owner only, with its parents; an existing one is left as it is."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        made.chmod(FOLDER_MODE)


def companions(file: Path) -> Iterator[Path]:
    """An SQLite file and the files beside it while it is in use."""
    yield file
    for ending in ("-wal", "-shm", ".lock"):
        yield file.with_name(file.name + ending)


def open_to_others(files: Iterable[Path]) -> list[Path]:
    """Those of the files that others than the owner have rights on."""
    exposed = []
    for file in files:
        with suppress(OSError):  # it is not there
            mode = file.stat().st_mode
            if stat.S_ISREG(mode) and stat.S_IMODE(mode) & 0o077:
                exposed.append(file)
    return exposed


def tighten(files: Iterable[Path]) -> list[Path]:
    """Remove others' rights from the files; returns the files that were changed."""
    closed = []
    for file in open_to_others(files):
        with suppress(OSError):  # another user's: then it is not ours to close
            file.chmod(MODE)
            closed.append(file)
    return closed


def sync(path: Path) -> None:
    """Return once a file, or the entries of a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
