"""The changes of the unit of work that a connection is in."""

from sqlalchemy import Connection

from bot.ports.changes import Changes

_KEY = "changes"


def begin_changes(connection: Connection) -> Changes:
    """An empty log for a unit of work that begins."""
    changes = Changes()
    connection.info[_KEY] = changes
    return changes


def changes_of(connection: Connection) -> Changes:
    """The log of the unit of work that runs."""
    changes: Changes = connection.info[_KEY]
    return changes
