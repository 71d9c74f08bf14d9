"""Use a roadmap that was brought for a group."""

from datetime import datetime

from bot.core.group import Group
from bot.ports.unit_of_work import UnitOfWork


class DraftGone(Exception):
    """The draft waits no more: another took its place."""


class DraftInUse(Exception):
    """The draft was used before."""


def use_draft(uow: UnitOfWork, group: Group, draft: int, *, now: datetime) -> str:
    """The group's draft is a version of a roadmap from now on; the id of that roadmap.

    Who follows what does not change by that. Raises `DraftGone` where no such draft waits for the group, and
    `DraftInUse`.
    """
    waiting = uow.roadmaps.drafted(draft, group.id)
    if waiting is None:
        raise DraftGone
    if not uow.roadmaps.use(draft, now):
        raise DraftInUse
    return waiting.roadmap
