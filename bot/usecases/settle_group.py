"""Set what a group follows, from when, in which time zone and language, and when its weekly messages come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import local_date
from bot.core.group import Group
from bot.core.reminder import after
from bot.ports.unit_of_work import UnitOfWork


class Hour(NamedTuple):
    """A time of the week: the weekday (0 is Monday) and the local time."""

    weekday: int
    at: time


@dataclass(frozen=True)
class Defaults:
    """What a group gets by default: zone, language and roadmap of its creator, and the weekday and time of each weekly
    message by its kind.
    """

    zone: ZoneInfo
    locale: str
    roadmap: str
    messages: Mapping[str, Hour]


def settle_group(uow: UnitOfWork, group: Group, zone: ZoneInfo, defaults: Defaults, now: datetime) -> None:
    """Put a group into a time zone; where it has no language, roadmap or first day yet, they become the defaults and
    today."""
    uow.groups.set_roadmap(
        group.id,
        zone=zone,
        locale=group.locale or defaults.locale,
        roadmap=group.roadmap or defaults.roadmap,
        start=group.start or local_date(now, zone),
    )


def speak_weekly(uow: UnitOfWork, group: Group, zone: ZoneInfo, defaults: Defaults, now: datetime) -> None:
    """Switch the weekly messages on, each at the weekday and time it had, else at the default."""
    known = {rule.kind: Hour(rule.weekday, rule.at) for rule in uow.reminders.rules_of_group(group.id)}
    for kind, usual in defaults.messages.items():
        weekday, at = known.get(kind, usual)
        uow.reminders.set_for_group(group.id, kind, weekday, at, zone, after(weekday, at, zone, now).due)
