"""Where the books are."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.ports.unit_of_work import UnitOfWork

T = TypeVar("T")


class DatabaseTrouble(Exception):
    """The database cannot be used now, and nothing was written. It says why, for the log."""


class Unconfirmed(Exception):
    """The database did not say whether a commit succeeded: it may be written, or not."""


class Database(Protocol):
    """Where the books are."""

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """One hop to the database's own thread, one transaction around `work`, committed when it returns.

        Raises `DatabaseTrouble` where nothing was written, `Unconfirmed` where nobody knows; within ten seconds.
        """

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """The same for work that writes nothing: beside the writers, from what is committed when it begins."""
