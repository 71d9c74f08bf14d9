"""The checks of `studybuddy doctor`: settings, database, roadmaps, time zones, clock, pictures, platforms and pages,
each with what to do about it."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot import roles, settings
from bot.adapters.checkup import Finding
from bot.adapters.plugin import Configured
from bot.app import library
from bot.pictures.png import NotRendered, Renderer
from bot.settings import Settings
from bot.storage import schema
from bot.storage.alone import SAFE, in_use
from bot.storage.at_work import PER_PROCESS, at_work, connections
from bot.storage.database import SqlDatabase
from bot.storage.private import companions, open_to_others
from bot.storage.tables import request
from bot.storage.trouble import reason
from roadmap.loader import RoadmapErrors

RESTORE = "stop the bot and run “studybuddy db restore FILE” with the newest backup"
_SLACK = timedelta(minutes=5)
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="15">1</text></svg>'


def examine(database: SqlDatabase, host: Settings, now: datetime, *, thorough: bool = False) -> Iterator[Finding]:
    """Check everything the program needs; never raises, and with a read-only database never writes.

    `thorough` reads the whole SQLite file, which takes its time.
    """
    yield from _settings()
    yield from _database(database, host, now, thorough=thorough)
    yield _roadmaps(host)
    yield _zones()
    yield _pictures()
    yield from asyncio.run(_platforms(host, now))
    yield from asyncio.run(_pages(host))


def _settings() -> Iterator[Finding]:
    """Variables that were probably meant as settings; whoever misspells one gets the default without a word."""
    for name, meant in settings.unknown(os.environ).items():
        remedy = f"did you mean {meant}? docs/settings.md has all" if meant else None
        yield Finding("settings", f"{name} is not one and does nothing", remedy)


def _database(database: SqlDatabase, host: Settings, now: datetime, *, thorough: bool) -> Iterator[Finding]:
    shown = database.url.render_as_string(hide_password=True)
    if database.absent:
        if database.file and in_use(database.file):
            yield Finding("database", f"{shown} is gone, and a bot is at work on it", f"move it back, or {RESTORE}")
            return
        yield Finding("database", f"{shown} is not there yet; the first start makes it")
        return
    try:
        status = schema.status(database)
        yield Finding("database", f"{shown} answers")
        behind = "run “studybuddy db upgrade”" if not status.current else None
        yield Finding("schema", f"{status.revision or 'empty'}, newest {status.newest}", behind)
        if database.sqlite:
            yield from _sqlite(database, thorough=thorough)
        else:
            yield from _processes(database, host)
        if status.current:
            yield _clock(database, now)
    except SQLAlchemyError as error:
        remedy = RESTORE if database.sqlite else "check STUDYBUDDY_DATABASE_URL and the server"
        yield Finding("database", f"{shown} does not answer: {reason(error)}", remedy)


def _sqlite(database: SqlDatabase, *, thorough: bool) -> Iterator[Finding]:
    if thorough:
        with database.engine.connect() as connection:
            state = connection.execute(text("PRAGMA integrity_check(1)")).scalar_one()
        yield Finding("file", str(state), None if state == "ok" else RESTORE)
    if database.file and (others := open_to_others(companions(database.file))):
        yield Finding("files", f"{others[0]} can be read by others on this machine", f"run “chmod 600 {others[0]}”")
    version = sqlite3.sqlite_version
    note = "" if sqlite3.sqlite_version_info >= SAFE else ", with which one studybuddy at a time may use a file"
    yield Finding("sqlite", version + note)


def _processes(database: SqlDatabase, host: Settings) -> Iterator[Finding]:
    """Whether the processes that are at work do all there is to do, and whether there are connections for them."""
    processes = at_work(database)
    state = "; ".join(" and ".join(sorted(played)) for played in processes)
    wanted = [*(platform.plugin.name for platform in host.served), roles.DELIVERY]
    wanted += [roles.WEB] if host.public_url else []
    missing = [role for role in wanted if not any(role in played for played in processes)]
    remedy = None
    if processes and missing:
        remedy = f"nobody does {roles.listed(missing, 'or')}: start “studybuddy run --role {','.join(missing)}”"
    yield Finding("processes", f"{len(processes)} at work: {state}" if processes else "none at work", remedy)
    counts = connections(database)
    needed = counts.others + len(processes) * PER_PROCESS
    yield Finding(
        "connections",
        f"{counts.allowed}, of which {needed} may be needed",
        f"set max_connections of PostgreSQL to {needed + PER_PROCESS} or more" if needed > counts.allowed else None,
    )


def _clock(database: SqlDatabase, now: datetime) -> Finding:
    """Whether the newest request in the database is not later than now: else this machine's clock is wrong."""
    with database.engine.connect() as connection:
        newest = connection.execute(select(func.max(request.c.handled_at))).scalar_one()
    state = f"{now.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if newest and newest > now + _SLACK:
        return Finding(
            "clock", f"{state}, but a request was handled at {newest:%Y-%m-%d %H:%M} UTC", "set this machine's clock"
        )
    return Finding("clock", state)


def _roadmaps(host: Settings) -> Finding:
    if host.roadmap_dir and not host.roadmap_dir.is_dir():
        state = f"STUDYBUDDY_ROADMAP_DIR names {host.roadmap_dir}, which is no folder"
        return Finding("roadmaps", state, "make that folder, or correct the setting")
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


def _pictures() -> Finding:
    """Whether a picture can be drawn, in a process of its own as the bot does it."""
    renderer = Renderer()
    try:
        renderer.png(_PICTURE)
    except (NotRendered, OSError) as error:
        remedy = "install the packages of requirements/runtime.lock again; until then messages come without pictures"
        return Finding("pictures", f"cannot be drawn: {error}", remedy)
    finally:
        renderer.end()
    return Finding("pictures", "can be drawn")


async def _platforms(host: Settings, now: datetime) -> list[Finding]:
    """The findings of all platforms, checked at the same time."""
    per_platform = await asyncio.gather(*(_platform(platform, now) for platform in host.platforms))
    return [finding for findings in per_platform for finding in findings]


async def _pages(host: Settings) -> list[Finding]:
    if host.public_url is None:
        return [Finding(roles.WEB, "STUDYBUDDY_PUBLIC_URL is not set, so there are neither pages nor calendar feeds")]
    from bot.web import checkup

    addresses = checkup.addresses(own=host.secret is not None, tokens=bool(host.served))
    return [await checkup.examine(host.public_url, host.web_listen), addresses]


async def _platform(platform: Configured[Any], now: datetime) -> list[Finding]:
    if not platform.served:
        return [Finding(platform.plugin.name, f"{platform.plugin.needed.variable} is not set, so it is not served")]
    return [finding async for finding in platform.examine(now)]
