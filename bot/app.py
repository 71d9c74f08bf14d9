"""Composition: the only file that knows every room."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.flood import Flood
from bot.adapters.plugin import Parts
from bot.adapters.terminal.plugin import Message, Script, Terminal
from bot.commands import COMMANDS
from bot.core.code import new_code
from bot.core.shelf import Edition, Shelf, Translate, shelve
from bot.delivery.courier import Courier
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.sending import Sender
from bot.settings import Settings
from bot.storage.database import SqlDatabase
from roadmap.loader import RoadmapErrors, load, loads, tracks, translations
from roadmap.model import Roadmap
from roadmap.translation import load as load_texts
from roadmap.translation import translated

if TYPE_CHECKING:
    from bot.delivery.clockwork import Clockwork


DRAIN = 6.5
"""Seconds after SIGTERM in which what was begun is brought to its end; the whole program ends within ten."""


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class House:
    """The rooms, wired."""

    database: SqlDatabase
    dispatcher: Dispatcher
    courier: Courier


def house(
    database: SqlDatabase,
    senders: Mapping[str, Sender],
    *,
    roadmaps: Mapping[str, Roadmap] | None = None,
    extra: Path | None = None,
    clock: Callable[[], datetime] | None = None,
    new_claim: Callable[[], str] = lambda: secrets.token_hex(16),
    code: Callable[[], str] = new_code,
) -> House:
    """Wire everything around a database whose schema is up to date. `extra` is a folder with more roadmaps' texts."""
    shelf = Shelf(library() if roadmaps is None else roadmaps, loads, translator(extra))
    dispatcher = Dispatcher(database, COMMANDS, shelf, code)
    return House(database, dispatcher, Courier(database, dispatcher, senders, clock or _utc_now, new_claim))


def library(extra: Path | None = None) -> dict[str, Roadmap]:
    """The built-in roadmaps and those in the folder `extra`, by id. Raises `roadmap.loader.RoadmapErrors`."""
    return {edition.roadmap.id: edition.roadmap for edition in _editions(extra)}


def translator(extra: Path | None = None) -> Translate:
    """Puts roadmaps into other languages, by the files beside the built-in ones and those in the folder `extra`.

    A file is read when its language is first asked for. One that is broken is a line in the log, and the roadmap stays
    as it is; `studybuddy roadmap check` says what is wrong with it.
    """
    known = {**tracks(), **(tracks(extra) if extra else {})}
    files = {(id_, locale): path for id_, track in known.items() for locale, path in translations(track).items()}

    def translate(roadmap: Roadmap, locale: str) -> Roadmap:
        path = files.get((roadmap.id, locale))
        try:
            return translated(roadmap, load_texts(path, roadmap)) if path else roadmap
        except RoadmapErrors as errors:
            log.warning("a roadmap's texts cannot be used", extra={"file": str(path), "why": str(errors.problems[0])})
            return roadmap

    return translate


def _editions(extra: Path | None) -> list[Edition]:
    files = [*tracks().values(), *(tracks(extra).values() if extra else ())]
    return [Edition(load(file), file.read_text(encoding="utf-8")) for file in files]


async def _shelved(database: SqlDatabase, extra: Path | None, now: datetime) -> dict[str, Roadmap]:
    """The same, noted in the books: whoever is on a version of today stays on it when the files are others."""
    editions = _editions(extra)
    return await database.run(lambda store: shelve(store, editions, loads, now))


async def serve(database: SqlDatabase, host: Settings, stop: asyncio.Event) -> bool:
    """Serve every platform whose token is set until `stop`; False where all refuse their tokens."""
    from bot.supervisor import Supervisor

    senders: dict[str, Sender] = {}
    rooms = house(
        database, senders, roadmaps=await _shelved(database, host.roadmap_dir, _utc_now()), extra=host.roadmap_dir
    )
    parts = Parts(rooms.dispatcher, _utc_now, Flood(host.flood_per_person, host.flood_per_place))
    platforms = [platform.build(parts) for platform in host.served]
    senders |= {platform.name: platform for platform in platforms}
    clockwork = _clockwork(rooms, _utc_now)
    clockwork.start()
    supervisor = Supervisor(platforms, stop)
    serving = asyncio.create_task(supervisor.run())
    await _stopped(stop, database)
    clockwork.pause()
    database.hurry()
    await rooms.courier.stop(DRAIN)
    well = await serving
    clockwork.shutdown()
    return well


def _clockwork(rooms: House, clock: Callable[[], datetime]) -> "Clockwork":
    """What makes deliveries come in time."""
    from bot.delivery.clock import set_right
    from bot.delivery.clockwork import Clockwork
    from bot.delivery.schedule import scheduler

    return Clockwork(scheduler(rooms.courier), clock, lambda: set_right(rooms.database, clock))


async def _stopped(stop: asyncio.Event, database: SqlDatabase) -> None:
    """Wait until the program is to stop; it is, too, when only another process can go on with the database."""
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 1)
        if database.overwritten:
            stop.set()


async def play(
    database: SqlDatabase,
    script: str,
    now: datetime | None,
    show: Callable[[Message], None],
    files: Path,
    extra: Path | None,
) -> None:
    """Play a script; `show` is told of every message. Raises `ScriptError`.

    It begins at `now`; where that is None at the instant its first line names, else at the present.
    """
    told = Script(script, now, _utc_now(), show, files)
    rooms = house(
        database,
        {told.name: told.chats},
        roadmaps=await _shelved(database, extra, told.clock()),
        extra=extra,
        clock=told.clock,
    )
    await told.play(rooms.dispatcher, rooms.courier.tick, rooms.courier.next)


async def converse(database: SqlDatabase, who: str, files: Path, history: Path, extra: Path | None) -> None:
    """Talk with one person in this terminal until they leave; reminders come while they are here."""
    terminal = Terminal(who, files, history, _utc_now)
    rooms = house(
        database, {terminal.name: terminal.chats}, roadmaps=await _shelved(database, extra, _utc_now()), extra=extra
    )
    clockwork = _clockwork(rooms, _utc_now)
    clockwork.start()
    try:
        await rooms.courier.tick()
        await terminal.converse(rooms.dispatcher)
    finally:
        clockwork.shutdown()


def _utc_now() -> datetime:
    return datetime.now(UTC)
