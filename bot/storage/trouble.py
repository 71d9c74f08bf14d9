"""Errors of drivers, in our words."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.ports.database import DatabaseTrouble


def reason(error: BaseException) -> str:
    """A driver's message, on one line."""
    lines = str(getattr(error, "orig", None) or "").strip().splitlines()
    return lines[0] if lines else type(error).__name__


def is_trouble(error: BaseException) -> bool:
    """Whether an error is trouble with the database itself, and no mistake of ours."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, NoConnection | DatabaseTrouble)
    damage = getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
    return isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated or damage


def translated(error: BaseException) -> BaseException:
    """Trouble with the database itself by our name; any other error as it is."""
    if not is_trouble(error) or isinstance(error, DatabaseTrouble):
        return error
    trouble = DatabaseTrouble("no connection was free" if isinstance(error, NoConnection) else reason(error))
    trouble.__cause__ = error
    return trouble
