"""The log of changes that belongs to a connection's unit of work."""

from sqlalchemy import Connection

from bot.ports.changes import Changes

_KEY = "changes"


def begin_changes(connection: Connection) -> Changes:
    """Start an empty log for a new unit of work."""
    changes = Changes()
    connection.info[_KEY] = changes
    return changes


def changes_of(connection: Connection) -> Changes:
    """The log of the current unit of work."""
    changes: Changes = connection.info[_KEY]
    return changes
