"""A savepoint, without what SQLAlchemy's own costs: that compiles each statement anew (four times the time)."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

T = TypeVar("T")


def in_savepoint(connection: Connection, work: Callable[[], T]) -> T:
    """Run `work` in a savepoint of the current transaction, which is rolled back if it raises."""
    connection.exec_driver_sql("SAVEPOINT attempt")
    try:
        result = work()
    except BaseException as error:
        try:
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT attempt")
            connection.exec_driver_sql("RELEASE SAVEPOINT attempt")
        except SQLAlchemyError:
            # The whole transaction is lost. A caller must not take `error` for all that happened, unless that says so.
            if isinstance(error, DBAPIError):
                raise error from None
            raise
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT attempt")
    return result
