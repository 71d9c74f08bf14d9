"""How a host's settings are declared: a frozen dataclass whose fields are made by `setting`.

From the declaration come what is read from the environment, `.env.example`, `docs/settings.md`, and what no log may
hold.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar
from urllib.parse import urlsplit

PREFIX = "STUDYBUDDY_"
"""Every setting's name in the environment begins with it."""
_DECLARED = "setting"
T = TypeVar("T")
D = TypeVar("D")
S = TypeVar("S")


class BadSetting(Exception):
    """A setting that cannot be used; the message says which and what was expected, never its value."""


class Expected(Exception):
    """Raised by a reader for text it cannot read; the message says what it expected instead."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name without the prefix, what it is for, and how its text is read."""

    name: str
    about: str
    """What it decides, and what holds where it is not set, as `.env.example` says it."""
    read: Callable[[str], object]
    """Makes the value of the words, which are never empty. Raises `Expected`."""
    example: str
    file: str
    """A path that `…_FILE` could name."""
    secret: bool

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name


def setting(
    name: str,
    about: str,
    read: Callable[[str], T],
    default: D,
    *,
    example: str = "",
    file: str = "",
    secret: bool = False,
) -> T | D:
    """Declare a field of a dataclass as a setting. `secret`: no log and no `repr` may hold its value."""
    declaration = Setting(name, about, read, example, file, secret)
    declared: Any = field(default=default, repr=not secret, metadata={_DECLARED: declaration})
    return declared  # type: ignore[no-any-return]  # as `dataclasses.field` does: the type checker sees the value's type


def declared(kind: type) -> dict[str, Setting]:
    """The settings that a dataclass declares, by field, in their order."""
    return {each.name: each.metadata[_DECLARED] for each in fields(kind) if _DECLARED in each.metadata}


def read(kind: type[S], words: Callable[[str], str | None]) -> S:
    """Make the dataclass of settings; `words` gives the text of a setting by its name, None where it is not set.

    Raises `BadSetting`.
    """
    values: dict[str, object] = {}
    for name, declaration in declared(kind).items():
        written = words(declaration.name)
        if written is None:
            continue
        try:
            values[name] = declaration.read(written)
        except Expected as expected:
            raise BadSetting(f"{declaration.variable}: expected {expected}") from None
    return kind(**values)


def secrets(settings: object) -> Iterator[str]:
    """The values that no log may hold."""
    for name, declaration in declared(type(settings)).items():
        if declaration.secret and (value := getattr(settings, name)):
            yield str(value)


def address(scheme: str) -> Callable[[str], str]:
    """Reads an address that begins with `scheme` or its encrypted form, and has a host."""

    def read_address(written: str) -> str:
        if not written.startswith((f"{scheme}://", f"{scheme}s://")):
            raise Expected(f"an address that begins with {scheme}:// or {scheme}s://")
        if not _is_address(written):
            raise Expected(f"an address such as {scheme}s://example.org, with nothing behind its path")
        return written.rstrip("/")

    return read_address


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        return False
    clean = written.isprintable() and not set(written) & set(' "<>\\^`{|}')
    return clean and bool(parts.hostname) and port != 0 and not (parts.query or parts.fragment)


def host_and_port(written: str) -> tuple[str, int]:
    """Reads where to listen; without a host it is the loopback interface."""
    host, _, port = written.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Expected("HOST:PORT, such as 0.0.0.0:8080")
    return host.strip("[]") or "127.0.0.1", int(port)


def per_minute(usual: int) -> Callable[[str], int]:
    """Reads how many in a minute."""

    def read_count(written: str) -> int:
        if not re.fullmatch(r"[0-9]{1,7}", written) or not int(written):
            raise Expected(f"how many in a minute, a whole number above 0, such as {usual}")
        return int(written)

    return read_count
