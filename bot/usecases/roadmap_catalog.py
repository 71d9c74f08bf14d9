"""Every version of every roadmap that a learner may be on, each in the words of its newest version."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock

from bot.ports.unit_of_work import UnitOfWork
from roadmap.diff import corrected, differences
from roadmap.model import Roadmap

Read = Callable[[str | bytes, str], Roadmap]
"""Reads the text of a roadmap; the second argument names the file in problems."""
Translate = Callable[[Roadmap, str], Roadmap]
"""Translates a roadmap into a language, as far as there are texts in it."""
_HELD = 256
"""Versions cached in memory besides those of today's files, the last used ones; a version never changes."""


@dataclass(frozen=True)
class Edition:
    """A roadmap with the text it was read from."""

    roadmap: Roadmap
    source: str


class RoadmapCatalog:
    """The roadmaps of files, which are the newest of their ids, and those that only the database has."""

    def __init__(
        self, files: Mapping[str, Roadmap], loads: Read, translate: Translate = lambda roadmap, _: roadmap
    ) -> None:
        self.files = files
        self._loads = loads
        self._translate = translate
        self._held: dict[tuple[str, ...], Roadmap] = {}
        self._turn = Lock()

    def parse(self, text: str | bytes, name: str) -> Roadmap:
        """Read the text of a roadmap file; `name` is its name in problems. Raises `roadmap.problems.RoadmapErrors`."""
        return self._loads(text, name)

    def newest(self, uow: UnitOfWork, id_: str, locale: str = "") -> Roadmap:
        """The newest version of a roadmap, in a language as far as it has texts in it.

        Raises LookupError for an unknown id.
        """
        if id_ in self.files:
            return self._in(locale, self.files[id_])
        version = uow.roadmaps.newest(id_)
        roadmap = self.version(uow, id_, version) if version else None
        if roadmap is None:
            raise LookupError(f"roadmap {id_} is in no file and not in the database")
        return roadmap

    def version(self, uow: UnitOfWork, id_: str, version: str) -> Roadmap | None:
        """A roadmap in one version; None where that was never stored."""
        if id_ in self.files and self.files[id_].version == version:
            return self.files[id_]
        roadmap = self._known(id_, version)
        if roadmap is None and (source := uow.roadmaps.source(id_, version)) is not None:
            roadmap = self._hold(named(self._loads(source, id_), id_, version), id_, version)
        return roadmap

    def read(self, uow: UnitOfWork, id_: str, version: str, locale: str = "") -> Roadmap:
        """The plan of one version in the words of the newest; the newest for an unknown version."""
        newest = self.newest(uow, id_, locale)
        followed = newest if newest.version == version else self.version(uow, id_, version)
        if followed is None or followed is newest:
            return newest
        key = (id_, version, newest.version, locale)
        return self._known(*key) or self._hold(corrected(followed, newest), *key)

    def _in(self, locale: str, roadmap: Roadmap) -> Roadmap:
        if locale in {"", roadmap.locale}:
            return roadmap
        key = (roadmap.id, roadmap.version, "in", locale)
        return self._known(*key) or self._hold(self._translate(roadmap, locale), *key)

    def _known(self, *key: str) -> Roadmap | None:
        with self._turn:
            roadmap = self._held.pop(key, None)
            if roadmap:
                self._held[key] = roadmap  # last used, so dropped last
            return roadmap

    def _hold(self, roadmap: Roadmap, *key: str) -> Roadmap:
        with self._turn:
            self._held[key] = roadmap
            while len(self._held) > _HELD:
                del self._held[next(iter(self._held))]
        return roadmap


def note_editions(uow: UnitOfWork, editions: Iterable[Edition], loads: Read, now: datetime) -> dict[str, Roadmap]:
    """Store the texts of the files; returns the roadmaps by id, each with the name of its version.

    A changed text under an old version number gets a digest in its name, as in 1.0.0+5891b5b5, so that no plan changes
    because somebody forgot to raise the number.
    """
    by_id = {}
    for edition in editions:
        id_, version = edition.roadmap.id, _name(uow, edition, loads)
        uow.roadmaps.note(id_, version, edition.source, now)
        by_id[id_] = named(edition.roadmap, id_, version)
    return by_id


def _name(uow: UnitOfWork, edition: Edition, loads: Read) -> str:
    id_, version = edition.roadmap.id, edition.roadmap.version
    known = uow.roadmaps.source(id_, version)
    if known is None or known == edition.source or not differences(loads(known, id_), edition.roadmap):
        return version
    return another_name(version, edition.source)


def another_name(version: str, source: str) -> str:
    """The name of a version whose number is taken by another text: the number with a digest of `source`."""
    return f"{version}+{sha256(source.encode()).hexdigest()[:8]}"


def named(roadmap: Roadmap, id_: str, version: str) -> Roadmap:
    """The roadmap under the id and version that it has in the database."""
    return roadmap if (roadmap.id, roadmap.version) == (id_, version) else replace(roadmap, id=id_, version=version)
