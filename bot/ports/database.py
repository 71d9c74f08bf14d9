"""The database as the application sees it: units of work, run one after the other or side by side."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.ports.unit_of_work import UnitOfWork

T = TypeVar("T")


class DatabaseTrouble(Exception):
    """The database cannot be used at the moment, and nothing was written. The message says why, for the log."""


class Unconfirmed(Exception):
    """The database did not confirm a commit: the changes may have been written, or not."""


class ReadOnly(Exception):
    """Work passed to `Database.read` attempted to write."""


class Database(Protocol):
    """Runs functions inside transactions, off the event loop."""

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction on a database thread, and commit when it returns.

        Raises `DatabaseTrouble` if nothing was written and `Unconfirmed` if that is unknown, both within ten
        seconds. An exception of `work` rolls back and is passed on. `work` must leave nothing behind outside the
        database: it may be rolled back and run a second time.
        """

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` beside the writers, on the state committed when it begins. A write in it raises `ReadOnly`.

        Raises `DatabaseTrouble` within ten seconds if the database cannot be read.
        """
