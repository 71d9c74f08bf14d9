"""Create a study group, without a chat or in one."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.group import Asker, Group, Place
from bot.core.reminder import after
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import (
    NotOrganiser,
    appoint_asker,
    check_manages,
    left_to_managers,
    organises,
)
from bot.usecases.settle_group import Defaults, settle_group, speak_weekly


class GroupInChat(NamedTuple):
    """The group of a chat; `settled` is False where it existed and only its weekly messages were switched on again."""

    group: Group
    settled: bool


def create_group(
    uow: UnitOfWork, asker: Asker, title: str, zone: ZoneInfo | None, defaults: Defaults, now: datetime
) -> Group:
    """Create a group that has no chat yet; the asker becomes its organiser. `zone` is the one they named, if any."""
    group = uow.groups.create(title, zone or defaults.zone, now)
    return _settled(uow, asker, group, zone, defaults, now)


class HasAName(Exception):
    """The chat has a group already, and that has another name."""


def create_group_in_chat(
    uow: UnitOfWork,
    asker: Asker,
    place: Place,
    zone: ZoneInfo | None,
    defaults: Defaults,
    now: datetime,
    title: str | None = None,
) -> GroupInChat:
    """Create the group of a chat, or switch the weekly messages of the group that it has on again. A new group is
    called `title`, or like the chat; of one that exists, another `title` raises `HasAName`.

    The asker must organise the group or manage the chat (`NotManager`); they become organiser where there is none. A
    manager who is no organiser of a group that has one may only begin again what was ended in its only chat; anything
    else raises `NotOrganiser`.
    """
    existing = uow.groups.at(place)
    if existing is None or not organises(uow, asker, existing):
        check_manages(asker)
    if title and existing and title != existing.title:
        raise HasAName
    if title and existing is None:
        uow.groups.assign_place(place, uow.groups.create(title, zone or defaults.zone, now).id)
    group = existing or uow.groups.get_or_create(place, zone or defaults.zone, now)
    if organises(uow, asker, group) or left_to_managers(uow, asker, group):
        return GroupInChat(_settled(uow, asker, group, zone, defaults, now), settled=True)
    rules = uow.reminders.rules_of_group(group.id)
    if len(uow.groups.places(group.id)) > 1 or any(rule.due for rule in rules):
        raise NotOrganiser
    for rule in rules:
        due = after(rule.weekday, rule.at, rule.zone, now).due
        uow.reminders.set_for_group(group.id, rule.kind, rule.weekday, rule.at, rule.zone, due)
    return GroupInChat(group, settled=False)


def _settled(
    uow: UnitOfWork, asker: Asker, group: Group, zone: ZoneInfo | None, defaults: Defaults, now: datetime
) -> Group:
    group_zone = zone or group.zone
    settle_group(uow, group, group_zone, defaults, now)
    speak_weekly(uow, group, group_zone, defaults, now)
    appoint_asker(uow, asker, group, now)
    return uow.groups.get(group.id) or group
