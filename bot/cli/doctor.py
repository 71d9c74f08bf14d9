"""`studybuddy doctor`: what is well, what is not, and what to do about it."""

import sys
from datetime import UTC, datetime

import click

from bot.cli.database import DATABASE, the_database
from bot.cli.errors import spoken_errors


@click.command()
@DATABASE
@click.option("--thorough", is_flag=True, help="Also read the whole SQLite file for damage.")
def doctor(db: str | None, thorough: bool) -> None:
    """Check the installation, and say what to do about each problem.

    Checked are database, roadmaps, time zones, clock, pictures, pages, and each platform whose token is set: token,
    webhook and permissions. Nothing is written. Exit code 0: all is well. 1: there is a problem.
    """
    from bot.doctor import examine

    ill = False
    with spoken_errors(), the_database(db, read_only=True) as (database, host):
        for finding in examine(database, host, datetime.now(UTC), thorough=thorough):
            ill = ill or finding.remedy is not None
            remedy = f" → {finding.remedy}" if finding.remedy else ""
            click.echo(f"{'!!' if finding.remedy else 'ok'}  {finding.what}: {finding.state}{remedy}")
    sys.exit(1 if ill else 0)
