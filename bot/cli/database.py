"""The database that a sub-command was asked to work on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.errors import INTERRUPTED

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from bot.settings import Settings
    from bot.storage.database import SqlDatabase
    from bot.storage.schema import Upgrade

DATABASE = click.option(
    "--db",
    metavar="PATH|URL",
    help="The database: a file or a URL. Default: STUDYBUDDY_DATABASE_URL, else a file in your data folder.",
)


@contextmanager
def the_database(
    db: str | None,
    *,
    upgrade: bool = True,
    read_only: bool = False,
    default: str | None = None,
    all_alone: bool = False,
) -> "Iterator[tuple[SqlDatabase, Settings]]":
    """The database that `--db` names, its schema up to date, and the host's settings; closed afterwards.

    Unless `read_only`, no other process writes to its file meanwhile; with `upgrade`, only its owner can read the file.
    """
    from bot import settings
    from bot.storage import schema
    from bot.storage.alone import alone
    from bot.storage.database import SqlDatabase

    host = settings.load()
    named_by = "--db" if db else "STUDYBUDDY_DATABASE_URL"
    try:
        database = SqlDatabase(_url(db or host.database_url or default), read_only=read_only)
    except ValueError as error:
        raise settings.BadSetting(f"{named_by}: {error}") from error
    if database.file and database.file.is_dir():
        raise settings.BadSetting(f"{named_by}: expected a file; {database.file} is a folder")
    with nullcontext() if read_only else alone(database.file, all_alone=all_alone):
        try:
            if upgrade and not read_only:
                tell_upgrade(schema.upgrade(database, datetime.now(UTC)), quiet_first=True)
                tighten(database.file)
            yield database, host
        finally:
            database.close()
            if database.unclean:
                _leave()


def _url(named: "str | URL | None") -> "str | URL":
    from bot import settings

    if named is None or "://" not in str(named):
        file = Path(str(named)).expanduser().absolute() if named else settings.data_dir() / "studybuddy.db"
        return f"sqlite:///{file}"
    return named


def tighten(file: Path | None) -> None:
    """Let only the owner read a database's files; an earlier version left that to the umask."""
    from bot.storage import private

    if file is None:
        return
    backups = file.parent.glob(f"{file.stem}-*-before-*{file.suffix}")
    for closed in private.tighten([*private.companions(file), *backups]):
        click.echo(f"{closed} could be read by others on this machine; now only you can.", err=True)


def _leave() -> None:
    """End the process at once: a thread hangs in the database, or a handle must not be closed, and a clean exit would
    wait for it."""
    import logging

    error = sys.exc_info()[1]
    code: object = error.code if isinstance(error, SystemExit) else 1 if error else 0
    if isinstance(error, KeyboardInterrupt | GeneratorExit):
        code = INTERRUPTED
    elif error and not isinstance(error, SystemExit):
        click.echo(f"Error: {error}", err=True)

    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def tell_upgrade(done: "Upgrade", *, quiet_first: bool = False) -> None:
    """Say on stderr what bringing the schema up to date has done."""
    if done.backup:
        click.echo(f"Saved a backup: {done.backup}", err=True)
    if done.before != done.after and not (quiet_first and done.before is None):
        click.echo(f"The schema is now {done.after} (it was {done.before or 'empty'}).", err=True)
