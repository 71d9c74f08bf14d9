"""Set the day on which a group begins its roadmap together, or take it back."""

from datetime import date, datetime

from bot.core.calendar import local_date
from bot.core.group import Asker, Group
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import decide
from bot.usecases.one_offs import post_to_group
from bot.usecases.silence_group import NotSetUp
from bot.usecases.start_on import check_start


def start_group(uow: UnitOfWork, asker: Asker, group: Group, day: date, now: datetime) -> date:
    """Let the group begin its roadmap on `day`, today or later, and say so in each of its places; no member's own plan
    changes. Returns the day it had before.

    Raises `NotOrganiser`, `NotManager`, `NotSetUp`, and `CannotStart` for a day that has passed or is too far ahead.
    """
    decide(uow, asker, group, now)
    today = local_date(now, group.zone)
    check_start(day, today)
    before = _set(uow, group, day, today)
    if before != day:
        post_to_group(uow, group.id, _announcement(day, now), now)
    return before


def restore_start(uow: UnitOfWork, asker: Asker, group: Group, day: date, now: datetime) -> date:
    """Take a common beginning back: the group begins on `day`, which may have passed, as it did before. Its places hear
    of it. Returns the day that was taken back.

    Raises `NotOrganiser`, `NotManager` and `NotSetUp`.
    """
    decide(uow, asker, group, now)
    today = local_date(now, group.zone)
    before = _set(uow, group, day, today)
    if before != day and max(before, day) > today:
        post_to_group(uow, group.id, _announcement(day, now) if day > today else _taken_back(before, now), now)
    return before


def _set(uow: UnitOfWork, group: Group, day: date, today: date) -> date:
    if group.roadmap is None:
        raise NotSetUp
    before = group.start or today
    if before != day:
        uow.groups.set_roadmap(group.id, zone=group.zone, locale=group.locale or "en", roadmap=group.roadmap, start=day)
    return before


def _announcement(day: date, now: datetime) -> str:
    # With the instant, as a day may be set, taken back and set again.
    return write_token("groupstarts", {"day": day.isoformat(), "at": str(int(now.timestamp()))})


def _taken_back(day: date, now: datetime) -> str:
    return write_token("groupstarts", {"day": day.isoformat(), "off": "1", "at": str(int(now.timestamp()))})
