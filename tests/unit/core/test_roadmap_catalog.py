"""Versions of roadmaps: what files say is noted once, what is noted is read once, and nothing of it ever changes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from bot.ports.unit_of_work import UnitOfWork
from bot.usecases import roadmap_catalog
from bot.usecases.roadmap_catalog import Edition, RoadmapCatalog, another_name, note_editions
from roadmap.loader import builtin
from roadmap.model import Roadmap

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
TRACK = replace(builtin("ml-researcher"), version="1.0.0")


class Noted:
    """A store of roadmaps in memory."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.roadmaps = self

    def source(self, roadmap: str, version: str) -> str | None:
        self.asked += 1
        return self.texts.get((roadmap, version))

    def newest(self, roadmap: str) -> str | None:
        return next((version for id_, version in reversed(self.texts) if id_ == roadmap), None)

    def note(self, roadmap: str, version: str, source: str, now: datetime) -> None:
        self.texts.setdefault((roadmap, version), source)


def loads(text: str | bytes, name: str) -> Roadmap:
    """A text is a title here."""
    return replace(TRACK, title=str(text))


@pytest.fixture
def stored() -> Noted:
    return Noted()


def noted_versions(stored: Noted, *titles: str) -> list[str]:
    """The names that one version's texts get, one start of the program after the other."""
    versions = []
    for title in titles:
        edition = Edition(replace(TRACK, title=title), title)
        versions.append(note_editions(cast("UnitOfWork", stored), [edition], loads, NOW)[TRACK.id].version)
    return versions


def test_a_text_that_changed_without_another_number_gets_a_name_of_its_own(stored: Noted) -> None:
    assert noted_versions(stored, "one", "one", "two", "one", "two") == [
        "1.0.0",
        "1.0.0",
        another_name("1.0.0", "two"),
        "1.0.0",
        another_name("1.0.0", "two"),
    ]
    assert sorted(stored.texts.values()) == ["one", "two"]


def test_a_version_is_read_once_and_the_files_own_never(stored: Noted) -> None:
    noted_versions(stored, "one")
    uow = cast("UnitOfWork", stored)
    catalog = RoadmapCatalog({TRACK.id: replace(TRACK, version="2.0.0", title="new")}, loads)
    stored.asked = 0
    for _ in range(3):
        assert catalog.newest(uow, TRACK.id).title == "new"
        assert catalog.read(uow, TRACK.id, "2.0.0").title == "new"
    assert stored.asked == 0
    for _ in range(3):
        versions = catalog.version(uow, TRACK.id, "1.0.0")
        assert versions
        assert (versions.title, versions.version) == ("one", "1.0.0")
    assert stored.asked == 1


def test_a_version_that_was_never_noted_reads_as_the_newest(stored: Noted) -> None:
    catalog = RoadmapCatalog({TRACK.id: TRACK}, loads)
    assert catalog.read(cast("UnitOfWork", stored), TRACK.id, "0.9.0") is TRACK


def test_a_roadmap_that_is_nowhere_is_a_lookup_error(stored: Noted) -> None:
    with pytest.raises(LookupError, match="tea"):
        RoadmapCatalog({TRACK.id: TRACK}, loads).newest(cast("UnitOfWork", stored), "tea")


def test_only_the_versions_asked_for_last_are_held(stored: Noted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roadmap_catalog, "_HELD", 2)
    for number in range(4):
        stored.note("tea", f"{number}.0.0", f"tea {number}", NOW)
    catalog, uow = RoadmapCatalog({}, loads), cast("UnitOfWork", stored)
    for version in ("0.0.0", "1.0.0", "0.0.0", "2.0.0"):
        catalog.version(uow, "tea", version)
    stored.asked = 0
    catalog.version(uow, "tea", "0.0.0")
    assert stored.asked == 0
    catalog.version(uow, "tea", "1.0.0")
    assert stored.asked == 1
