"""Say nothing of one's own accord in a group's chat any more."""

from datetime import datetime

from bot.core.group import Asker, Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import check_organises_or_manages


class NotSetUp(Exception):
    """Nobody has made the group's chat its home, so nothing is said there anyway."""


def silence_group(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> bool:
    """Let no message of the week come any more, or, asked for in one of several chats, take that chat out of the
    group, which goes on elsewhere; whether the latter.

    For organisers and those who manage the chat: else raises `NotOrganiser` or `NotManager`. Raises `NotSetUp`.
    """
    check_organises_or_manages(uow, asker, group)
    if group.roadmap is None:
        raise NotSetUp
    if asker.place and len(uow.groups.places(group.id)) > 1:
        uow.groups.move(asker.place, uow.groups.create(asker.place.title, group.zone, now).id)
        return True
    for rule in uow.reminders.rules_of(group.id):
        uow.reminders.put_for(group.id, rule.kind, rule.weekday, rule.at, rule.zone, None)
    return False
