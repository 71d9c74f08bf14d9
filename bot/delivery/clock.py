"""Repairs the schedule after the clock was wrong for a while, so that nothing due is lost.

While it ran ahead, rules were planned for instants that have not come, and messages were found too late that are not.
When it is right again, that is taken back; what was sent then was sent, and is not sent twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.core.reminder import after
from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

HELD = timedelta(hours=2)
"""Longer than any lease, and than any change of a zone's clocks."""
PUT_OFF = timedelta(hours=25)
"""Longer than any pause between two tries."""
WEEK = timedelta(days=7)
BATCH = 100
"""Rules in one transaction; learners' requests go between."""


async def repair_after_clock_change(database: Database, clock: Callable[[], datetime]) -> None:
    """Reschedule what was planned or ended by a clock that ran ahead of the present one."""
    taken_back = await database.run(lambda uow: _free(uow, clock()))
    if taken_back:
        log.warning("messages that a wrong clock had ended are to come at their time", extra={"count": taken_back})
    last: int | None = 0
    while last is not None:
        last = await database.run(partial(_plan_anew, now=clock(), after_id=last))


def _free(uow: UnitOfWork, now: datetime) -> int:
    uow.sessions.repair_after_clock_change(now)
    uow.live_messages.repair_after_clock_change(now, HELD, PUT_OFF)
    return uow.deliveries.repair_after_clock_change(now, HELD, PUT_OFF)


def _plan_anew(uow: UnitOfWork, now: datetime, after_id: int) -> int | None:
    """Give rules that wait for a false future their true next instant; where to go on from, None at the end.

    A weekly rule never waits for longer than a week, and the hour by which its zone's clocks may change.
    """
    rules = uow.reminders.ahead(now + WEEK + HELD, after_id, BATCH)
    uow.reminders.reschedule([(rule, after(rule.weekday, rule.at, rule.zone, now).due) for rule in rules])
    return rules[-1].id if len(rules) == BATCH else None
