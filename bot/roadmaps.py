"""The roadmaps there are: those that the program brings along, and those in a folder of the host's."""

import logging
from datetime import datetime
from functools import cache
from pathlib import Path

from bot.ports.database import Database
from bot.usecases.roadmap_catalog import Edition, Translate, note_editions
from roadmap.loader import RoadmapErrors, load, loads, tracks, translations
from roadmap.model import Roadmap
from roadmap.translation import load as load_texts
from roadmap.translation import translated

log = logging.getLogger(__name__)


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


async def noted_editions(database: Database, extra: Path | None, now: datetime) -> dict[str, Roadmap]:
    """The roadmaps by id, their versions saved in the database: whoever is on a version stays on it when the files
    change."""
    editions = _editions(extra)
    return await database.run(lambda uow: note_editions(uow, editions, loads, now))
