"""Let a group follow another roadmap, or another version of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar import local_date
from bot.core.group import Asker, Group
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide
from bot.usecases.roadmap_catalog import RoadmapCatalog


class UnknownRoadmap(Exception):
    """There is no such roadmap, or it belongs to another group."""


@dataclass(frozen=True)
class RoadmapChange:
    """What a group followed before, since when, and whether it now follows another roadmap (not only a version)."""

    before: str | None
    since: date
    another: bool


def roadmaps_for(uow: UnitOfWork, catalog: RoadmapCatalog, group: Group) -> Sequence[str]:
    """The ids of the roadmaps that a group may follow: those that are there for everybody, and its own."""
    return [*catalog.files, *uow.roadmaps.of(group.id)]


def change_group_roadmap(
    uow: UnitOfWork,
    catalog: RoadmapCatalog,
    asker: Asker,
    group: Group,
    roadmap: str,
    *,
    start: date | None = None,
    locale: str,
    now: datetime,
) -> RoadmapChange:
    """Let the group follow this roadmap, and tell it so in each of its chats; no member's own plan changes.

    Another roadmap begins on `start`, else on the day set for a common beginning that is ahead, else today; a new
    version of its own keeps the first day.

    `locale` is the group's language where it has none yet. Raises `NotOrganiser`, `NotManager`, `UnknownRoadmap`.
    """
    decide(uow, asker, group, now)
    if roadmap not in roadmaps_for(uow, catalog, group):
        raise UnknownRoadmap(roadmap)
    today = local_date(now, group.zone)
    kept = group.start if group.start and (group.roadmap == roadmap or group.start > today) else None
    first = kept if kept and (start is None or group.roadmap == roadmap) else start or today
    uow.groups.set_roadmap(group.id, zone=group.zone, locale=group.locale or locale, roadmap=roadmap, start=first)
    another = group.roadmap not in {None, roadmap}
    token = write_token("groupfollows", {"track": roadmap, "new": "1" if another else "0"})
    for place in uow.groups.places(group.id):
        uow.deliveries.post(token, now, place=place.id)
    return RoadmapChange(group.roadmap, group.start or today, another)
