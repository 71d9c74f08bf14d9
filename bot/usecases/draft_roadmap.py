"""Store a roadmap that was sent for a group until an organiser confirms its use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.group import Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.roadmap_catalog import RoadmapCatalog, another_name
from roadmap.diff import Difference, differences
from roadmap.model import Roadmap

LONGEST_ID = 26
"""Characters of a file's own id that its stored id keeps, so that a button with it fits into 64 bytes."""


class NothingNew(Exception):
    """The group has exactly this roadmap already."""


@dataclass(frozen=True)
class Draft:
    """A stored roadmap that is not in use yet; `before` is the roadmap of which it is a new version, if any."""

    id: int
    before: Roadmap | None
    differences: tuple[Difference, ...]


def draft_roadmap(
    uow: UnitOfWork,
    catalog: RoadmapCatalog,
    group: Group,
    roadmap: Roadmap,
    source: str,
    *,
    new_code: Callable[[], str],
    locale: str,
    now: datetime,
) -> Draft:
    """Store a roadmap with its text as the group's draft, in place of one before; it is not in use yet.

    Where the group has brought one of this id before it is a new version of that, under another name where its number
    is taken; else it gets an id that nobody can guess. Raises `NothingNew` where it is what the group has already.
    """
    own = roadmap.id[:LONGEST_ID]
    brought = [id_ for id_ in uow.roadmaps.of(group.id) if id_.rpartition("~")[0] == own]
    if not brought:
        id_ = f"{own}~{new_code().replace('-', '').lower()[:6]}"
        return Draft(uow.roadmaps.draft(group.id, id_, roadmap.version, source, now), None, ())
    id_, version = brought[-1], roadmap.version
    before = catalog.newest(uow, id_, locale)
    changed = differences(before, roadmap)
    if not changed:
        raise NothingNew
    if uow.roadmaps.source(id_, version) is not None:
        version = another_name(version, source)
    return Draft(uow.roadmaps.draft(group.id, id_, version, source, now), before, tuple(changed))
