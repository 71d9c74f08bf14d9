"""The command line. Every heavy import is inside the command that needs it: `--version` answers at once."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot import __version__

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage.database import SqlDatabase

CONFIG_ERROR = 78
"""Exit code where a setting is wrong or missing (EX_CONFIG of sysexits.h)."""

_DATABASE = click.option(
    "--db",
    metavar="PATH|URL",
    help="The database: a file or a URL. Default: STUDYBUDDY_DATABASE_URL, else a file in your data folder.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="studybuddy")
def main() -> None:
    """The study buddy: a roadmap week by week, your hours taken down, reminders at your own hour."""


@main.command()
@_DATABASE
@click.option("--as", "who", metavar="NAME", default="you", show_default=True, help="Who you are here.")
@click.option(
    "--script",
    type=click.File(encoding="utf-8"),
    help="Play a conversation (- for stdin); without --db in books of its own.",
)
@click.option(
    "--now",
    metavar="INSTANT",
    help="With --script: when it begins, such as 2026-01-05T08:00Z.",
)
@click.option("--json", "as_json", is_flag=True, help="With --script: one JSON object for each message sent.")
@click.option(
    "--files", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where exports go. Default: here."
)
def chat(db: str | None, who: str, script: TextIO | None, now: str | None, as_json: bool, files: Path) -> None:
    """Talk to the study buddy in this terminal. No token, no server.

    /help inside shows what it can do, numbers press buttons, “@cafe /leaderboard” speaks in the group cafe, Ctrl-C
    leaves.
    """
    if script is None and (now or as_json):
        raise click.UsageError("--now and --json go with --script.")
    begins = _instant(now) if now else None
    import asyncio

    from bot import app, settings

    with _spoken_errors(), _database(db, default="sqlite://" if script else None) as (database, host):
        if script is None:
            kept = settings.data_dir()
            _log_to(kept / "studybuddy.log")
            asyncio.run(app.converse(database, who, files, kept / "history", host.roadmap_dir))
            return
        from bot.adapters.terminal.player import as_json as in_json
        from bot.adapters.terminal.player import as_text

        show = in_json if as_json else as_text
        asyncio.run(app.play(database, script.read(), begins, lambda m: click.echo(show(m)), files, host.roadmap_dir))


@main.command()
@_DATABASE
def run(db: str | None) -> None:
    """Serve Discord and Telegram, whichever tokens are set, until SIGTERM or Ctrl-C.

    Both from one process and one database. A platform that fails is tried again while the other works on. Exit code 78:
    no token is set, or every token is refused.
    """
    import asyncio
    import signal

    from bot import app, logs, settings

    with _spoken_errors():
        host = settings.load()
        if not (host.discord_token or host.telegram_token):
            raise settings.BadSetting(
                "no token is set. Set STUDYBUDDY_DISCORD_TOKEN or STUDYBUDDY_TELEGRAM_TOKEN (or both); the README says "
                "how to get them. Without any, “studybuddy chat” talks in the terminal"
            )
        with _database(db) as (database, host):
            logs.configure(host.log_level, [*host.secrets, str(database.url.password or "")])

            async def serve() -> bool:
                stop = asyncio.Event()
                for name in (signal.SIGTERM, signal.SIGINT):
                    asyncio.get_running_loop().add_signal_handler(name, stop.set)
                return await app.serve(database, host, stop)

            well = asyncio.run(serve())
    if not well:
        click.echo("Error: every token was refused. Check them with “studybuddy doctor”.", err=True)
        sys.exit(CONFIG_ERROR)


@main.command()
@_DATABASE
@click.option("--thorough", is_flag=True, help="Also read the whole SQLite file for damage.")
def doctor(db: str | None, thorough: bool) -> None:
    """Check database, roadmaps, clock, tokens, webhook and permissions, and say what to do.

    It writes nothing, and asks each platform whose token is set. Exit code 0: all is well. 1: something needs you.
    """
    from bot.doctor import examine

    ill = False
    with _spoken_errors(), _database(db, read_only=True) as (database, host):
        for finding in examine(database, host, datetime.now(UTC), thorough=thorough):
            ill = ill or finding.remedy is not None
            remedy = f" → {finding.remedy}" if finding.remedy else ""
            click.echo(f"{'!!' if finding.remedy else 'ok'}  {finding.what}: {finding.state}{remedy}")
    sys.exit(1 if ill else 0)


@main.group()
def roadmap() -> None:
    """Check, show and describe roadmap files."""


@roadmap.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def roadmap_check(files: tuple[Path, ...]) -> None:
    """Check roadmap FILES; every mistake is named with file, line and key."""
    from roadmap.loader import RoadmapErrors, load

    failed = False
    for file in files:
        try:
            found = load(file)
        except RoadmapErrors as errors:
            failed = True
            click.echo(str(errors), err=True)
        else:
            hours = found.minutes // 60
            click.echo(
                f"{file}: {found.id} {found.version}: {len(found.modules)} modules, {found.weeks} weeks, {hours} h"
            )
    if failed:
        sys.exit(1)


@roadmap.command("show")
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def roadmap_show(id_: str, as_json: bool) -> None:
    """Show a whole roadmap by its ID."""
    from bot import app, settings
    from roadmap import show

    with _spoken_errors():
        known = app.library(settings.load().roadmap_dir)
        if id_ not in known:
            raise click.ClickException(f"There is no roadmap {id_}. There are: {', '.join(known)}.")
        found = known[id_]
        click.echo(json.dumps(show.as_json(found), ensure_ascii=False, indent=2) if as_json else show.outline(found))


@roadmap.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def roadmap_diff(old: Path, new: Path, as_json: bool) -> None:
    """Compare the roadmap files OLD and NEW: corrections, and changes that learners decide about."""
    from dataclasses import asdict

    from bot.commands.views.changes import change_text
    from bot.dialogue.wording import Wording
    from roadmap.diff import differences, only_corrections
    from roadmap.loader import RoadmapErrors, load

    try:
        before, after = load(old), load(new)
    except RoadmapErrors as errors:
        raise click.ClickException(str(errors)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    found = differences(before, after)
    if as_json:
        told = {"from": before.version, "to": after.version, "differences": [asdict(one) for one in found]}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{before.id} {before.version} → {after.id} {after.version}")
    for one in found:
        said = Wording().say(change_text(one, before, after))
        if isinstance(one.after, tuple) and one.what == "worded":
            said += f" ({', '.join(one.after)})"
        click.echo(f"  {one.weight:<10}  {one.id or '(roadmap)'}: {said}")
    if not found:
        click.echo("  the same content")
    elif only_corrections(found):
        click.echo("Only corrections: nobody's plan is another one.")
    else:
        click.echo("Plans are others with it: whoever is on the old version decides.")


@roadmap.command("schema")
def roadmap_schema() -> None:
    """Print the JSON Schema of roadmap files, for editors."""
    from roadmap.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@main.group()
def db() -> None:
    """Bring the database up to date, look at it, back it up."""


@db.command("upgrade")
@_DATABASE
def db_upgrade(db: str | None) -> None:
    """Bring the schema up to date, after a backup."""
    from bot.storage import schema

    with _spoken_errors(), _database(db, upgrade=False) as (database, _):
        done = schema.upgrade(database, datetime.now(UTC))
        _tell_upgrade(done)
        if done.before == done.after:
            click.echo(f"The schema is up to date ({done.after}).")


@db.command("status")
@_DATABASE
def db_status(db: str | None) -> None:
    """Say where the database is and whether its schema is up to date."""
    from bot.storage import schema

    with _spoken_errors(), _database(db, read_only=True) as (database, _):
        click.echo(f"database: {database.url.render_as_string(hide_password=True)}")
        if database.absent:
            click.echo("It is not there yet; the first start makes it.")
            return
        found = schema.status(database)
        click.echo(f"schema:   {found.revision or 'none yet'}, newest {found.newest}")
        if not found.current:
            click.echo("Run “studybuddy db upgrade” to bring it up to date.")


@db.command("backup")
@click.argument("to", type=click.Path(dir_okay=False, path_type=Path))
@_DATABASE
def db_backup(to: Path, db: str | None) -> None:
    """Copy the database, also while it is in use, to the new file TO."""
    from bot.storage import schema

    with _spoken_errors(), _database(db, read_only=True) as (database, _):
        click.echo(f"Saved {schema.backup(database, to)}.")


@contextmanager
def _database(
    db: str | None, *, upgrade: bool = True, read_only: bool = False, default: str | None = None
) -> "Iterator[tuple[SqlDatabase, Settings]]":
    """The database that was asked for, its schema up to date, and the host's settings."""
    from bot import settings
    from bot.storage import schema
    from bot.storage.alone import alone
    from bot.storage.database import opened

    host = settings.load()
    named = db or host.database_url or default
    if named is None or "://" not in named:
        file = Path(named).expanduser().absolute() if named else settings.data_dir() / "studybuddy.db"
        named = f"sqlite:///{file}"
    with opened(named, read_only=read_only) as database, nullcontext() if read_only else alone(database):
        if upgrade and not read_only:
            _tell_upgrade(schema.upgrade(database, datetime.now(UTC)), quiet_first=True)
        yield database, host


def _tell_upgrade(done: "object", *, quiet_first: bool = False) -> None:
    from bot.storage.schema import Upgrade

    assert isinstance(done, Upgrade)  # noqa: S101
    if done.backup:
        click.echo(f"Saved a backup: {done.backup}", err=True)
    if done.before != done.after and not (quiet_first and done.before is None):
        click.echo(f"The schema is now {done.after} (it was {done.before or 'empty'}).", err=True)


@contextmanager
def _spoken_errors() -> "Iterator[None]":
    """What can go wrong, as one line and an exit code instead of a traceback."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.adapters.terminal.script import ScriptError
    from bot.settings import BadSetting
    from bot.storage.alone import InUse
    from bot.storage.schema import BackupFailed, SchemaTooNew
    from roadmap.loader import RoadmapErrors

    try:
        yield
    except (BadSetting, ValueError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(CONFIG_ERROR)
    except SchemaTooNew as error:
        raise click.ClickException(
            f"The database is at revision {error}, which a newer version wrote; update me."
        ) from None
    except InUse as error:
        raise click.ClickException(
            f"Another studybuddy is at work on {error}. Close it first, or name another file with --db."
        ) from None
    except (ScriptError, BackupFailed, RoadmapErrors) as error:
        raise click.ClickException(str(error)) from None
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
        raise click.ClickException(f"The database cannot be used: {reason}") from None
    except KeyboardInterrupt:
        sys.exit(130)


def _log_to(file: Path) -> None:
    """Send what goes wrong to a file: a traceback has no place in a conversation."""
    file.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=file,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


def _instant(written: str) -> datetime:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise click.UsageError(f"--now {written}: expected an instant such as 2026-01-05T08:00Z.") from None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
