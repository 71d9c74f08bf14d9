"""`studybuddy chat`: a conversation in the terminal, and scripts played."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import click

from bot.cli.database import DATABASE, the_database
from bot.cli.errors import spoken_errors
from bot.cli.streams import speak_json


@click.command()
@DATABASE
@click.option(
    "--as",
    "who",
    metavar="NAME",
    default="you",
    show_default=True,
    help="Your name here; each name has its own progress.",
)
@click.option(
    "--script",
    type=click.File(encoding="utf-8"),
    help="Play the conversation in a file (- for stdin); without --db its database is in memory only.",
)
@click.option(
    "--now",
    metavar="INSTANT",
    help="With --script: the time at which it begins, such as 2026-01-05T08:00Z.",
)
@click.option("--json", "as_json", is_flag=True, help="With --script: print one JSON object for each message.")
@click.option(
    "--files",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for exports, and with --json for pictures. Default: exports go into the current folder, pictures "
    "into a temporary one.",
)
def chat(db: str | None, who: str, script: TextIO | None, now: str | None, as_json: bool, files: Path | None) -> None:
    """Talk to the study buddy in this terminal.

    No token and no server are needed. /help shows what it can do, a number presses a button, “@cafe /leaderboard” says
    something in the group cafe. Ctrl-D leaves; so does Ctrl-C, with exit code 130.
    """
    if script is None and (now or as_json):
        raise click.UsageError("--now and --json go with --script.")
    if not who.strip():
        raise click.UsageError("--as: expected a name.")
    begins = _instant(now) if now else None
    played = _read(script) if script else None
    import asyncio

    from bot import app, settings

    with spoken_errors(), the_database(db, default="sqlite://" if script else None) as (database, host):
        if files:
            files.mkdir(parents=True, exist_ok=True)
        if played is None:
            folder = settings.data_dir()
            _log_to(folder / "studybuddy.log")
            _only_ours(folder / "history")
            asyncio.run(app.converse(database, who, files or Path(), folder / "history", host))
            return
        from bot.adapters.terminal.plugin import Images, Lines, as_text
        from bot.adapters.terminal.plugin import as_json as in_json

        form, images = (in_json, Images(files)) if as_json else (as_text, None)
        if as_json:
            speak_json()
        lines = Lines(click.echo, form)
        play = app.play(database, played, begins, lines.add, files or Path(), host.roadmap_dir, host.site, images)
        try:
            asyncio.run(play)
        finally:
            lines.end()


def _read(script: TextIO) -> str:
    try:
        return script.read()
    except UnicodeDecodeError:
        raise click.ClickException(f"{script.name}: expected text in UTF-8.") from None


def _log_to(file: Path) -> None:
    """Send what goes wrong to a file of the owner's: a traceback has no place in a conversation."""
    _only_ours(file)
    logging.basicConfig(
        filename=file,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


def _only_ours(file: Path) -> None:
    """Keep what was typed from others on this machine."""
    from bot.storage import private

    private.create(file)
    private.tighten([file])


def _instant(written: str) -> datetime:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise click.UsageError(f"--now {written}: expected an instant such as 2026-01-05T08:00Z.") from None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
