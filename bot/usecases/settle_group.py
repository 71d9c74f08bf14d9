"""Say what a group follows, from when, and in which zone and language; and when the bot speaks to it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.calendar import local_date
from bot.core.group import Group
from bot.core.reminder import DEFAULTS, OF_GROUPS, after
from bot.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Defaults:
    """What a group gets where nobody has said otherwise: mostly what whoever makes it has."""

    zone: ZoneInfo
    locale: str
    roadmap: str


def settle_group(uow: UnitOfWork, group: Group, zone: ZoneInfo, defaults: Defaults, now: datetime) -> None:
    """Put a group into a zone. Its language, roadmap and first day stay, and are the defaults, from today on, where it
    has none yet."""
    uow.groups.settle(
        group.id,
        zone=zone,
        locale=group.locale or defaults.locale,
        roadmap=group.roadmap or defaults.roadmap,
        start=group.start or local_date(now, zone),
    )


def speak_weekly(uow: UnitOfWork, group: Group, zone: ZoneInfo, now: datetime) -> None:
    """Let both messages of the week come, at the hours they had, else at the usual ones."""
    known = {rule.kind: (rule.weekday, rule.at) for rule in uow.reminders.rules_of(group.id)}
    for kind in OF_GROUPS:
        weekday, at = known.get(kind, DEFAULTS[kind])
        uow.reminders.put_for(group.id, kind, weekday, at, zone, after(weekday, at, zone, now).due)
