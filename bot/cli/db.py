"""`studybuddy db …`: upgrade the database, show its state, back it up, restore a backup, verify it."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.database import DATABASE, tell_upgrade, the_database, tighten
from bot.cli.errors import spoken_errors
from bot.cli.listing import Listing


@click.group(cls=Listing)
def db() -> None:
    """Upgrade, inspect, back up, restore or verify the database."""


@db.command("upgrade")
@DATABASE
def db_upgrade(db: str | None) -> None:
    """Update the schema, after a backup."""
    from bot.storage import schema

    with spoken_errors(), the_database(db, upgrade=False) as (database, _):
        done = schema.upgrade(database, datetime.now(UTC))
        tell_upgrade(done)
        tighten(database.file)
        if done.before == done.after:
            click.echo(f"The schema is up to date ({done.after}).")


@db.command("status")
@DATABASE
def db_status(db: str | None) -> None:
    """Show where the database is and whether its schema is current."""
    from bot.storage import schema

    with spoken_errors(), the_database(db, read_only=True) as (database, _):
        click.echo(f"database: {database.url.render_as_string(hide_password=True)}")
        if database.absent:
            click.echo("It is not there yet; the first start creates it.")
            return
        status = schema.status(database)
        click.echo(f"schema:   {status.revision or 'none yet'}, newest {status.newest}")
        if not status.current:
            click.echo("Run “studybuddy db upgrade” to bring it up to date.")


@db.command("backup")
@click.argument("to", type=click.Path(dir_okay=False, path_type=Path))
@DATABASE
def db_backup(to: Path, db: str | None) -> None:
    """Copy the database to the new file TO, also while it is in use.

    The copy is opened again and verified. Only you can read it. To restore it, use “studybuddy db restore”.
    """
    from bot.storage.backup import backup

    with spoken_errors(), the_database(db, read_only=True) as (database, _):
        click.echo(f"Saved {backup(database, to)}.")


@db.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@DATABASE
def db_restore(file: Path, db: str | None) -> None:
    """Replace the database by the backup FILE.

    Stop the bot first. The backup is verified before anything is changed. The database that was there is kept beside
    it, with the time in its name. On PostgreSQL the database must be empty: nothing on a server is overwritten.
    """
    from bot.storage.restore import restore

    with spoken_errors(), the_database(db, upgrade=False, all_alone=True) as (database, _):
        done = restore(database, file, datetime.now(UTC))
        if done.old:
            click.echo(f"The database that was there is now {done.old}.")
        click.echo(f"Restored {file}.")
        if not done.current:
            click.echo(f"Its schema is {done.revision}; the next start brings it up to date, after a backup.")


@db.command("verify")
@click.option("--rebuild", is_flag=True, help="Compute anew what is wrong or missing. Stop the bot first.")
@DATABASE
def db_verify(db: str | None, *, rebuild: bool) -> None:
    """Compare sums and snapshots with all entries.

    They are computed from the entries and stored, so that answers are quick. Without --rebuild nothing is written, and
    the bot may be running. Exit code 1: some are wrong.
    """
    from bot.cli.verifying import verified

    with spoken_errors(), the_database(db, upgrade=rebuild, read_only=not rebuild) as (database, host):
        if database.absent:
            raise click.ClickException(f"There is no database at {database.file}.")
        looked_at, missing, wrong = 0, 0, 0
        for page in verified(database, host.roadmap_dir, rebuild=rebuild):
            looked_at, missing, wrong = looked_at + page.looked_at, missing + page.missing, wrong + len(page.wrong)
            for line in page.wrong:
                click.echo(line)
        rebuilt = " They were computed anew." if rebuild and (wrong or missing) else ""
        click.echo(f"Enrollments: {looked_at}; wrong: {wrong}; not summed up yet: {missing}.{rebuilt}")
        if wrong and not rebuild:
            sys.exit(1)
