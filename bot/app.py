"""Composition root: wires the application together. The only module that knows every package."""

import asyncio
import gc
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot import platforms
from bot.adapters.flood import Flood
from bot.adapters.plugin import Parts
from bot.adapters.serving import Platform
from bot.adapters.terminal.plugin import Images, Message, Script, Terminal
from bot.commands import COMMANDS
from bot.core.code import new_code
from bot.core.site import Site
from bot.delivery.worker import DeliveryWorker
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.sending import Sender
from bot.ports.processes import OnlyProcess, Processes
from bot.roles import Roles, all_roles
from bot.settings import Settings
from bot.storage.database import SqlDatabase
from bot.storage.giving_way import Traffic
from bot.usecases.roadmap_catalog import Edition, RoadmapCatalog, Translate, note_editions
from roadmap.loader import RoadmapErrors, load, loads, tracks, translations
from roadmap.model import Roadmap
from roadmap.translation import load as load_texts
from roadmap.translation import translated

if TYPE_CHECKING:
    from bot.delivery.steady_scheduler import SteadyScheduler
    from bot.web.website import Website


DRAIN = 6.5
"""Seconds after SIGTERM in which what was begun is brought to its end; the whole program ends within ten."""


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Application:
    """Everything wired: what a process needs to serve, play a script or hold a conversation."""

    database: SqlDatabase
    dispatcher: Dispatcher
    worker: DeliveryWorker
    site: Site | None = None
    """Where the bot's pages are, if it serves any."""


def wire(
    database: SqlDatabase,
    senders: Mapping[str, Sender],
    *,
    roadmaps: Mapping[str, Roadmap] | None = None,
    extra: Path | None = None,
    clock: Callable[[], datetime] | None = None,
    new_claim: Callable[[], str] = lambda: secrets.token_hex(16),
    code: Callable[[], str] = new_code,
    site: Site | None = None,
) -> Application:
    """Wire an application around a database whose schema is up to date. `extra` is a folder with more roadmaps and
    their translations; `clock` returns aware UTC; `site` is where the bot's pages are, if it serves any."""
    catalog = RoadmapCatalog(library() if roadmaps is None else roadmaps, loads, translator(extra))
    traffic = Traffic(database)
    dispatcher = Dispatcher(traffic.first, COMMANDS, catalog, code, site, platforms.words())
    worker = DeliveryWorker(traffic.giving_way, dispatcher, senders, clock or _utc_now, new_claim)
    return Application(database, dispatcher, worker, site)


def library(extra: Path | None = None) -> dict[str, Roadmap]:
    """The built-in roadmaps and those in the folder `extra`, by id. Raises `roadmap.loader.RoadmapErrors`."""
    return {edition.roadmap.id: edition.roadmap for edition in _editions(extra)}


def translator(extra: Path | None = None) -> Translate:
    """A function that puts a roadmap into a language, from the translations of the built-in roadmaps and those in the
    folder `extra`.

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
    return [*_built_in(), *(map(_edition, tracks(extra).values()) if extra else ())]


@cache
def _built_in() -> tuple[Edition, ...]:
    """The roadmaps that the program brings along, read once in a process."""
    return tuple(map(_edition, tracks().values()))


def _edition(file: Path) -> Edition:
    return Edition(load(file), file.read_text(encoding="utf-8"))


async def _noted_editions(database: SqlDatabase, extra: Path | None, now: datetime) -> dict[str, Roadmap]:
    """The roadmaps by id, their versions saved in the database: whoever is on a version stays on it when the files
    change."""
    editions = _editions(extra)
    return await database.run(lambda uow: note_editions(uow, editions, loads, now))


def spare_garbage_collection() -> None:
    """Take what was made so far out of the garbage collector's sight: it stays until the program ends.

    A full collection walks through every object it knows. With the libraries' and the roadmaps' that takes a tenth of a
    second, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()


async def serve(database: SqlDatabase, host: Settings, stop: asyncio.Event, roles: Roles | None = None) -> bool:
    """Serve what the roles name, by default everything, until `stop` is set. False where every platform refused its
    token."""
    roles = roles or all_roles(host)
    senders: dict[str, Sender] = {}
    application = wire(
        database,
        senders,
        roadmaps=await _noted_editions(database, host.roadmap_dir, _utc_now()),
        extra=host.roadmap_dir,
        site=host.site,
    )
    async with _processes(database, roles) as others:
        served = _platforms(application, host, roles, others)
        senders |= {platform.name: platform for platform in served}
        spare_garbage_collection()
        async with _delivery(application, others) if roles.delivers else nullcontext():
            from bot.supervisor import Supervisor

            pages = _pages(application, host) if roles.serves_pages else []
            supervising = asyncio.create_task(Supervisor(served, stop, pages).run())
            await _stopped(stop, database)
            database.hurry()
        return await supervising


@asynccontextmanager
async def _processes(database: SqlDatabase, roles: Roles) -> AsyncIterator[Processes]:
    """All processes that share the database, of which this one has these roles."""
    if database.sqlite:
        yield OnlyProcess()
        return
    from bot.storage.processes import connected

    async with connected(database, str(roles), listens=roles.delivers) as others:
        yield others


def _platforms(application: Application, host: Settings, roles: Roles, others: Processes) -> list[Platform]:
    """The platforms that this process needs, not connected yet."""
    from bot.pictures.making import Pictures

    flood = Flood(host.flood_per_person, host.flood_per_place)
    pictures = Pictures()
    application.dispatcher.caches.append(pictures.drop)
    parts = Parts(application.dispatcher, _utc_now, flood, delivers=roles.delivers, processes=others, pictures=pictures)
    return [
        platform.build(replace(parts, receives=platform.plugin.name in roles.receives))
        for platform in host.platforms
        if roles.builds(platform)
    ]


def _pages(application: Application, host: Settings) -> "list[Website]":
    """The bot's pages, not served yet; none where the host has given them no address."""
    if application.site is None:
        return []
    from bot.web.backend import Backend
    from bot.web.website import Website

    flood = Flood(host.flood_per_person, host.flood_per_place)
    introduce = {platform.plugin.name: platform.introduce for platform in host.served if platform.plugin.opens_page}
    backend = Backend(application.database, application.dispatcher, application.site, _utc_now, flood, introduce)
    return [Website(backend, host.web_listen)]


@asynccontextmanager
async def _delivery(application: Application, others: Processes) -> AsyncIterator[None]:
    """Deliver what is due for the length of a block, and then finish what was begun."""
    steady_scheduler = _scheduler(application, _utc_now)
    steady_scheduler.start()
    waking = asyncio.create_task(_wake(steady_scheduler, others))
    try:
        yield
    finally:
        waking.cancel()
        steady_scheduler.pause()
        await application.worker.stop(DRAIN)
        steady_scheduler.shutdown()


async def _wake(steady_scheduler: "SteadyScheduler", others: Processes) -> None:
    """Deliver at once when another process has written something that is due."""
    while True:
        await others.woken()
        steady_scheduler.hasten()


def _scheduler(application: Application, clock: Callable[[], datetime]) -> "SteadyScheduler":
    """What makes deliveries come in time."""
    from bot.delivery.clock import repair_after_clock_change
    from bot.delivery.schedule import scheduler
    from bot.delivery.steady_scheduler import SteadyScheduler

    return SteadyScheduler(
        scheduler(application.worker), clock, lambda: repair_after_clock_change(application.database, clock)
    )


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
    site: Site | None = None,
    images: Images | None = None,
) -> None:
    """Play a script; `show` is called with every message. Raises `ScriptError`.

    It begins at `now`; where that is None, at the instant its first line names, else at the present. The files of
    pictures are written where `images` are asked for.
    """
    player = Script(script, now, _utc_now(), show, files, images)
    application = wire(
        database,
        {player.name: player.chats},
        roadmaps=await _noted_editions(database, extra, player.clock()),
        extra=extra,
        clock=player.clock,
        site=site,
    )
    await player.play(application.dispatcher, application.worker.tick, application.worker.next)


async def converse(database: SqlDatabase, who: str, files: Path, history: Path, host: Settings) -> None:
    """Talk with one person in this terminal until they leave; reminders that fall due meanwhile are shown."""
    terminal = Terminal(who, files, history, _utc_now)
    application = wire(
        database,
        {terminal.name: terminal.chats},
        roadmaps=await _noted_editions(database, host.roadmap_dir, _utc_now()),
        extra=host.roadmap_dir,
        site=host.site,
    )
    steady_scheduler = _scheduler(application, _utc_now)
    steady_scheduler.start()
    try:
        await application.worker.tick()
        await terminal.converse(application.dispatcher)
    finally:
        steady_scheduler.shutdown()


def _utc_now() -> datetime:
    return datetime.now(UTC)
