"""What the processes of one installation agree on: who does what only one may do, how many they are, what is due."""

import asyncio
from typing import Protocol


class Lock(Protocol):
    """Something that one process at a time does. A process that ends, however, lets go of it."""

    @property
    def held(self) -> bool:
        """Whether this process does it. It goes on while the database cannot be asked, until another has taken over."""

    @property
    def confirmed(self) -> bool:
        """Whether this process does it and the database says so: False while it cannot be asked."""

    def want(self) -> None:
        """Take it as soon as nobody else has it; returns at once."""

    async def acquire(self) -> None:
        """Take it, and wait until that is `confirmed`."""

    async def lost(self) -> None:
        """Wait until another process has taken over."""

    def release(self) -> None:
        """Let go of it."""


class Processes(Protocol):
    """The processes that share one database."""

    def lock(self, name: str) -> Lock:
        """The lock of this name, not held yet."""

    def join(self, name: str) -> None:
        """Count this process to a group until `leave`."""

    def leave(self, name: str) -> None:
        """Count it no longer."""

    def count(self, name: str) -> int:
        """How many processes have joined a group, this one included: the most that the last two looks have shown."""

    def known(self, name: str) -> bool:
        """Whether this process joined so long ago that all others have noticed."""

    async def woken(self) -> None:
        """Wait until another process has committed something that is due at once."""


class OnlyProcess:
    """The processes of an installation that has but one (`Processes`)."""

    def __init__(self) -> None:
        self._joined: set[str] = set()

    def lock(self, name: str) -> Lock:  # noqa: ARG002
        """A lock that nobody else wants."""
        return _Undisputed()

    def join(self, name: str) -> None:
        """Count this process to a group."""
        self._joined.add(name)

    def leave(self, name: str) -> None:
        """Count it no longer."""
        self._joined.discard(name)

    def count(self, name: str) -> int:
        """One, or none."""
        return int(name in self._joined)

    def known(self, name: str) -> bool:  # noqa: ARG002
        """Nobody has to notice."""
        return True

    async def woken(self) -> None:
        """Nobody else commits anything."""
        await asyncio.Event().wait()


class _Undisputed:
    """A lock that nobody else wants (`Lock`)."""

    held = confirmed = True

    def want(self) -> None:
        """It is held."""

    async def acquire(self) -> None:
        """It is held."""

    async def lost(self) -> None:
        """That never happens."""
        await asyncio.Event().wait()

    def release(self) -> None:
        """Nobody waits for it."""
