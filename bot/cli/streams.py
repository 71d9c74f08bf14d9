"""The standard streams, so that no character and no closed stream ends the program."""

import io
import os
import sys
from pathlib import Path

from bot.adapters.legible import LEGIBLE


def prepare() -> None:
    """Give the program all three streams, and let each take any character."""
    # A closed stream is None, and the next file that is opened, such as the database, would get its number.
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, LEGIBLE), (sys.stderr, LEGIBLE)):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def speak_json() -> None:
    """JSON is UTF-8, whatever the terminal's encoding is (RFC 8259)."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding.lower() != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")
