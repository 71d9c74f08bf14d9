"""Rows for every table of a schema at whatever revision it is, from what the database itself says about its columns."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Time, insert, inspect

from bot.storage.database import SqlDatabase

ROWS = 3


def fill(database: SqlDatabase) -> list[str]:
    """Put a few rows into every table; the tables' names."""
    metadata = MetaData()
    with database.engine.begin() as connection:
        metadata.reflect(connection)
        tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]
        for table in tables:
            for n in range(1, ROWS + 1):
                values = {column.name: _value(table, column, n, sqlite=database.sqlite) for column in table.columns}
                connection.execute(insert(table).values(values))
    return [table.name for table in tables]


def structure(database: SqlDatabase) -> dict[str, Any]:
    """Tables with their columns, indexes and constraints, as the database tells them."""
    with database.engine.connect() as connection:
        inspector = inspect(connection)
        return {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)],
                sorted(map(repr, inspector.get_indexes(name))),
                sorted(map(repr, inspector.get_unique_constraints(name))),
                sorted(map(repr, inspector.get_foreign_keys(name))),
            )
            for name in sorted(inspector.get_table_names())
        }


def _value(table: Table, column: Column[Any], n: int, *, sqlite: bool) -> object:
    if column.foreign_keys:
        key = next(iter(column.foreign_keys)).column
        if isinstance(key.type, String):
            return _value(key.table, key, n, sqlite=sqlite)
        return (n - 1 or None) if key.table is table else n
    if column.nullable and n == 1:
        return None
    moment = datetime(2026, 3, 29, 1, 59, 59, 123456, tzinfo=UTC) + timedelta(days=n)
    match column.type:
        case Integer():
            return n
        case DateTime():
            return moment.replace(tzinfo=None) if sqlite else moment
        case Date():
            return date(2024, 2, 28) + timedelta(days=n)
        case Time():
            return time(23, 59, n)
        case String():
            return f"{n} {column.name} “çà 字 🎓” 'q\"\n"[: column.type.length]
    raise AssertionError(f"no value for {table.name}.{column.name}: {column.type!r}")
