"""Give a group an organiser where its last one has gone."""

from datetime import datetime

from bot.core.group import Group, Member
from bot.core.ids import LearnerId
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork


def hand_over_group(uow: UnitOfWork, group: Group, now: datetime, *, asker: LearnerId | None = None) -> Member | None:
    """Make a member the organiser of a group that has members and no organiser; returns that member, if any.

    The member is told so in private, unless they are `asker`, the learner whose request led to it.
    """
    heir = uow.groups.ensure_organiser(group.id)
    if heir and heir.learner != asker:
        uow.deliveries.post(write_token("organising", {"of": str(group.id)}), now, learner=heir.learner)
    return heir
