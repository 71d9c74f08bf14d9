"""SVG becomes PNG, in a process of its own where it must not hold anybody up.

The renderer keeps the interpreter's lock while it works, so in a thread of ours it would stop all others, those of the
database too. This file, run as a program, answers each SVG on its standard input with a PNG, both with their length
before them, and ends with its input. So it imports nothing of ours; the library and the font are loaded with the first
picture.
"""

import subprocess
import sys
import threading
import weakref
from functools import cache
from typing import IO

SECONDS = 5.0
"""For one picture; whoever takes longer is ended."""
_LENGTH = 4


class NotRendered(Exception):
    """There is no picture; the message says why."""


def to_png(svg: str) -> bytes:
    """The PNG of an SVG, made here and now. Raises `NotRendered`."""
    try:
        import resvg_py

        return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[_font()])
    except Exception as error:
        raise NotRendered(f"{type(error).__name__}: {error}") from error


@cache
def _font() -> str:
    from importlib.resources import files

    return str(files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf")


class Renderer:
    """A process that renders, started with the first picture and again where it has ended. For one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def png(self, svg: str) -> bytes:
        """The PNG of an SVG. Raises `NotRendered`."""
        process = self._running()
        incoming, outgoing = process.stdout, process.stdin
        watch = threading.Timer(SECONDS, process.kill)
        watch.start()
        try:
            _write(outgoing, svg.encode())
            png = _read(incoming)
        except OSError as error:
            png = None
            self.end()
            raise NotRendered(f"the renderer is gone: {type(error).__name__}") from error
        finally:
            watch.cancel()
        if png is None:
            self.end()
            raise NotRendered("the renderer has ended")
        if not png:
            raise NotRendered("this picture cannot be rendered")
        return png

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-P", __file__]
            # In a session of its own: Ctrl-C is for the program, and the renderer ends with it.
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
            )
            weakref.finalize(self, _ended, self._process)
        return self._process

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            _ended(self._process)
            self._process = None


def _ended(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:  # what it has not read is of no use any more
                continue
    process.wait()


def _write(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is None:
        raise BrokenPipeError
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def _read(pipe: IO[bytes] | None) -> bytes | None:
    """What the other side wrote; None where it has ended."""
    if pipe is None:
        return None
    length = pipe.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    content = pipe.read(int.from_bytes(length, "big"))
    return content if len(content) == int.from_bytes(length, "big") else None


def _serve(incoming: IO[bytes], outgoing: IO[bytes]) -> None:
    while (svg := _read(incoming)) is not None:
        try:
            png = to_png(svg.decode())
        except NotRendered:
            png = b""
        _write(outgoing, png)


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
