"""Every row of every table, at any revision, read past the code that is tested."""

from contextlib import closing
from hashlib import sha256
from typing import Any

from sqlalchemy import text

from bot.storage.database import SqlDatabase, opened

Rows = dict[str, list[tuple[object, ...]]]


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
}


def rows(database: SqlDatabase) -> Rows:
    """Every row of every table, in an order that depends on the values alone."""
    contents: Rows = {}
    with closing(database.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(_TABLES[database.url.get_backend_name()])
        for name in [name for (name,) in cursor.fetchall()]:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            contents[name] = sorted(map(tuple, cursor.fetchall()), key=repr)
    return contents


def hashes(contents: Rows) -> dict[str, str]:
    """One hash a table: short to compare and to show."""
    return {name: f"{len(rows)} rows {sha256(repr(rows).encode()).hexdigest()[:16]}" for name, rows in contents.items()}


def holding(contents: Rows, words: str) -> list[str]:
    """The tables in which any value contains these words."""
    return [name for name, rows in contents.items() if any(words in str(cell) for row in rows for cell in row)]


def lines(database: SqlDatabase, table: str) -> list[dict[str, Any]]:
    """The rows of one table by the names of its columns, as the database's own driver gives them."""
    with database.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings()]  # noqa: S608


def committed(database: SqlDatabase, table: str) -> list[dict[str, Any]]:
    """The same while the program is at work: a connection of our own, for SQLite has only one to write with."""
    with opened(database.url, read_only=True) as outside:
        return lines(outside, table)


def count(database: SqlDatabase, table: str) -> int:
    """How many rows a table has."""
    return len(lines(database, table))


def studied(database: SqlDatabase) -> list[dict[str, Any]]:
    """The lines of the ledger that stand for hours."""
    return [line for line in lines(database, "entry") if line["kind"] == "study"]


def belongings(database: SqlDatabase, table: str, who: str) -> list[dict[str, Any]]:
    """The rows of a table that are somebody's, found by hand."""
    accounts = lines(database, "account")
    learner = next(line["learner"] for line in accounts if line["external_id"] == who)
    merges = [line for line in lines(database, "merge") if line["learner"] == learner]
    learners = {learner, *(line["absorbed"] for line in merges)}
    enrollments = {line["id"] for line in lines(database, "enrollment") if line["learner"] in learners}
    names = {line["external_id"] for line in accounts if line["learner"] in learners}
    marks = {sha256(f"terminal:{name}".encode()).hexdigest() for name in names}
    answers = {line["id"] for line in lines(database, "request") if line["who"] in marks}
    return [
        line
        for line in lines(database, table)
        if line.get("learner") in learners
        or (table == "learner" and line["id"] in learners)
        or (table == "merge_move" and line["merge"] in {merge["id"] for merge in merges})
        or line.get("enrollment") in enrollments
        or (table in {"question", "code_entry", "code_attempt"} and line["external_id"] in names)
        or (table == "answer_group" and line["request"] in answers)
        or (table == "request" and line["who"] in marks)
    ]
