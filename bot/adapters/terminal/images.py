"""Pictures as files, for scripts: the JSON names the file of each picture that a message shows."""

import logging
import os
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from bot.dialogue.reply import Picture, Reply
from bot.pictures.drawing import draw
from bot.pictures.making import picture_of
from bot.pictures.png import NotRendered, Renderer

log = logging.getLogger(__name__)

_AT_ONCE = 4


class Images:
    """Writes pictures into a folder, beside the script that goes on; None is one of the user's among the system's
    temporary files. A file is named after its drawing, so that a script has the same each time it is played."""

    def __init__(self, folder: Path | None) -> None:
        self._named = folder
        self._own = threading.local()

    @cached_property
    def _folder(self) -> Path:
        if self._named is None:
            return _temporary()
        self._named.mkdir(parents=True, exist_ok=True)
        return self._named.absolute()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1), thread_name_prefix="images")

    def save(self, reply: Reply, locale: str) -> "Future[Path | None] | None":
        """The file that the picture of a reply is written to, once it is there; None in it where that failed."""
        picture = picture_of(reply)
        return self._threads.submit(self._write, picture, locale) if picture else None

    def _write(self, picture: Picture, locale: str) -> Path | None:
        try:
            svg = draw(picture.facts, locale)
            path = self._folder / f"{sha256(svg.encode()).hexdigest()[:20]}.png"
            if not path.exists():
                _put(path, self._renderer.png(svg))
        except (NotRendered, OSError) as error:
            log.warning("a picture was not saved: its words go without", extra={"why": str(error)})
            return None
        return path

    @property
    def _renderer(self) -> Renderer:
        if not hasattr(self._own, "renderer"):
            self._own.renderer = Renderer()
        renderer: Renderer = self._own.renderer
        return renderer


def _put(path: Path, content: bytes) -> None:
    """Write a file that its owner alone reads; whoever finds it finds all of it."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.replace(path)


def _temporary() -> Path:
    """The same folder each time, unless somebody else has made it."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"studybuddy-pictures-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        seen = folder.lstat()
        ours = seen.st_uid == user and not folder.is_symlink() and not seen.st_mode & 0o077
    except OSError:
        ours = False
    return folder if ours else Path(tempfile.mkdtemp(prefix="studybuddy-pictures-"))
