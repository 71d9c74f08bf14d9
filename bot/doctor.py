"""What is well and what is not on this host, and what to do about it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.app import library
from bot.settings import Settings
from bot.storage import schema
from bot.storage.alone import SAFE
from bot.storage.database import SqlDatabase
from bot.storage.tables import request
from roadmap.loader import RoadmapErrors

_SLACK = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well (None where it is)."""

    what: str
    state: str
    remedy: str | None = None


def examine(database: SqlDatabase, host: Settings, now: datetime, *, thorough: bool = False) -> Iterator[Finding]:
    """Look at everything the program needs; never raises, and with a read-only database never writes.

    `thorough` reads the whole SQLite file, which takes its time.
    """
    yield from _database(database, now, thorough=thorough)
    yield _roadmaps(host)
    yield _zones()
    yield from _platforms(host)


def _database(database: SqlDatabase, now: datetime, *, thorough: bool) -> Iterator[Finding]:
    shown = database.url.render_as_string(hide_password=True)
    if database.absent:
        yield Finding("database", f"{shown} is not there yet; the first start makes it")
        return
    try:
        found = schema.status(database)
        yield Finding("database", f"{shown} answers")
        behind = "run “studybuddy db upgrade”" if not found.current else None
        yield Finding("schema", f"{found.revision or 'empty'}, newest {found.newest}", behind)
        if database.sqlite:
            yield from _sqlite(database, thorough=thorough)
        if found.current:
            yield _clock(database, now)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
        yield Finding("database", f"{shown} does not answer: {reason}", "check STUDYBUDDY_DATABASE_URL and the server")


def _sqlite(database: SqlDatabase, *, thorough: bool) -> Iterator[Finding]:
    if thorough:
        with database.engine.connect() as connection:
            state = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
        yield Finding("file", str(state), None if state == "ok" else "stop the bot and restore the newest backup")
    version = sqlite3.sqlite_version
    note = "" if sqlite3.sqlite_version_info >= SAFE else ", with which one studybuddy at a time may use a file"
    yield Finding("sqlite", version + note)


def _clock(database: SqlDatabase, now: datetime) -> Finding:
    """The newest request in the books cannot lie in the future of a right clock."""
    with database.engine.connect() as connection:
        newest = connection.execute(select(func.max(request.c.handled_at))).scalar_one()
    state = f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if newest and newest > now + _SLACK:
        return Finding("clock", f"{state}, but the books know {newest:%Y-%m-%d %H:%M} UTC", "set this machine's clock")
    return Finding("clock", state)


def _roadmaps(host: Settings) -> Finding:
    try:
        return Finding(
            "roadmaps", ", ".join(f"{track.id} {track.version}" for track in library(host.roadmap_dir).values())
        )
    except RoadmapErrors as errors:
        return Finding("roadmaps", str(errors).splitlines()[0], "run “studybuddy roadmap check FILE” and mend the file")


def _zones() -> Finding:
    try:
        ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return Finding("time zones", "not found", "install the tzdata package")
    return Finding("time zones", f"{len(available_timezones())} from {TZPATH[0] if TZPATH else 'the tzdata package'}")


def _platforms(host: Settings) -> Iterator[Finding]:
    for name, token in (("discord", host.discord_token), ("telegram", host.telegram_token)):
        state = "a token is set" if token else "no token, so it is not served"
        yield Finding(name, state)
