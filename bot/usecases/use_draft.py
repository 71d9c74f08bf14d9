"""Use a roadmap that was sent for a group."""

from datetime import datetime

from bot.core.group import Group
from bot.ports.unit_of_work import UnitOfWork


class DraftGone(Exception):
    """There is no such draft any more: another one replaced it."""


class DraftInUse(Exception):
    """The draft was used before."""


def use_draft(uow: UnitOfWork, group: Group, draft: int, *, now: datetime) -> str:
    """Make the group's draft a version of a roadmap; returns the id of that roadmap.

    What the group and its members follow does not change by that. Raises `DraftGone` where no such draft waits for the
    group, and `DraftInUse`.
    """
    waiting = uow.roadmaps.drafted(draft, group.id)
    if waiting is None:
        raise DraftGone
    if not uow.roadmaps.use(draft, now):
        raise DraftInUse
    return waiting.roadmap
