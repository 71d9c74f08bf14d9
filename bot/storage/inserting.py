"""Inserts that say what happens where the row is there already, which SQLAlchemy has for each database apart."""

from collections.abc import Callable

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert
"""An insert with `on_conflict_do_nothing` and `on_conflict_do_update`, which both databases understand alike."""
_INSERTS: dict[str, Callable[[Table], Insert]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def insert_on(connection: Connection, table: Table) -> Insert:
    """An insert into a table of the database of this connection."""
    return _INSERTS[connection.dialect.name](table)


class PreparedInsert:
    """An insert that is put together once, for each database, and not at every use."""

    def __init__(self, table: Table, finished: Callable[[Insert], Executable]) -> None:
        self._statements = {name: finished(insert(table)) for name, insert in _INSERTS.items()}

    def on(self, connection: Connection) -> Executable:
        """The statement for the database of this connection."""
        return self._statements[connection.dialect.name]
