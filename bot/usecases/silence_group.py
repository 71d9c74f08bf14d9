"""Stop the messages that a group's chat gets by itself."""

from datetime import datetime

from bot.core.group import Asker, Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.cancel_session import cancel_all
from bot.usecases.group_rights import check_organises_or_manages


class NotSetUp(Exception):
    """The group was never set up, so it gets no messages anyway."""


def silence_group(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> bool:
    """Mute the group's weekly messages and call off its study sessions or, asked in one of several chats, take that
    chat out of the group instead.

    Returns whether the chat was taken out. Raises `NotOrganiser` or `NotManager` unless the asker organises the group
    or manages the chat, and `NotSetUp`.
    """
    check_organises_or_manages(uow, asker, group)
    if group.roadmap is None:
        raise NotSetUp
    if asker.place and len(uow.groups.places(group.id)) > 1:
        uow.groups.assign_place(asker.place, uow.groups.create(asker.place.title, group.zone, now).id)
        return True
    cancel_all(uow, group, now)
    for rule in uow.reminders.rules_of_group(group.id):
        uow.reminders.set_for_group(group.id, rule.kind, rule.weekday, rule.at, rule.zone, None)
    return False
