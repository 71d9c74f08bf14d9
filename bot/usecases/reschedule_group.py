"""Give a group's messages other days or hours, or the group another zone."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.core.group import Asker, Group
from bot.core.reminder import after
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide
from bot.usecases.settle_group import Defaults, settle_group
from bot.usecases.silence_group import NotSetUp

_CHECKIN_DAYS = {4, 5, 6}
"""A day at the end of the week is likely meant for the check-in."""


class KindUnclear(Exception):
    """An hour was named alone, so it could be for either message."""


def reschedule_group(
    uow: UnitOfWork,
    asker: Asker,
    group: Group,
    *,
    kind: str | None,
    weekday: int | None,
    at: time | None,
    zone: ZoneInfo | None,
    defaults: Defaults,
    now: datetime,
) -> None:
    """Move a message to another weekday or local time, or all of them to another zone.

    A muted message comes again once it is given a day or an hour. Raises `NotOrganiser` or `NotManager` where the
    asker may not decide for the group, `NotSetUp` and `KindUnclear`.
    """
    decide(uow, asker, group, now)
    if group.roadmap is None:
        raise NotSetUp
    if at is not None and weekday is None and kind is None:
        raise KindUnclear
    if weekday is not None and kind is None:
        kind = "checkin" if weekday in _CHECKIN_DAYS else "announcement"
    group_zone = zone or group.zone
    settle_group(uow, group, group_zone, defaults, now)
    for rule in uow.reminders.rules_of_group(group.id):
        day, hour, due = rule.weekday, rule.at, rule.due
        if rule.kind == kind:
            day, hour = day if weekday is None else weekday, at or hour
        if rule.kind == kind or rule.due:
            due = after(day, hour, group_zone, now).due
        uow.reminders.set_for_group(group.id, rule.kind, day, hour, group_zone, due)
