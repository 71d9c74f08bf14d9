"""Pictures as files, for scripts: the JSON names the file of each picture that a message shows."""

import logging
import os
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from bot.dialogue.reply import Picture, Reply
from bot.pictures.drawing import draw
from bot.pictures.making import name_of, picture_of
from bot.pictures.png import NotRendered, Renderer

log = logging.getLogger(__name__)

_AT_ONCE = 4


class Images:
    """Writes pictures into a folder, beside the script that goes on; None is a folder of its own among the system's
    temporary files."""

    def __init__(self, folder: Path | None) -> None:
        self._named = folder
        self._made: dict[str, Future[Path | None]] = {}
        self._own = threading.local()

    @cached_property
    def _folder(self) -> Path:
        if self._named:
            self._named.mkdir(parents=True, exist_ok=True)
        return (self._named or Path(tempfile.mkdtemp(prefix="studybuddy-"))).absolute()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1), thread_name_prefix="images")

    def save(self, reply: Reply, locale: str) -> "Future[Path | None] | None":
        """The file that the picture of a reply is written to, once it is there; None in it where that failed."""
        picture = picture_of(reply)
        if picture is None:
            return None
        name = name_of(picture, locale)
        if name not in self._made:  # the same picture has the same name
            self._made[name] = self._threads.submit(self._write, name, picture, locale)
        return self._made[name]

    def _write(self, name: str, picture: Picture, locale: str) -> Path | None:
        if not hasattr(self._own, "renderer"):
            self._own.renderer = Renderer()
        try:
            png = self._own.renderer.png(draw(picture.facts, locale))
            path = self._folder / name
            path.touch(mode=0o600)
            path.write_bytes(png)
        except (NotRendered, OSError) as error:
            log.warning("a picture was not saved: its words go without", extra={"why": str(error)})
            return None
        return path
