"""Count hours that were studied before the learner began here."""

from datetime import date, datetime

from bot.core.calendar import DAY, monday_of
from bot.core.ledger import Logging, NewLine, Rejected, effective, loggings
from bot.core.position import Share
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork

MOST = 2000 * 60
"""More minutes than these are a slip: a year of eight hours on every working day."""


class OutOfProportion(Rejected):
    """No minutes at all, or more than `MOST`."""


def count_hours_before(
    uow: UnitOfWork, study: Study, minutes: int, *, today: date, now: datetime, item: str | None = None
) -> Logging:
    """Log minutes for the day before the learner's first week, on one item or else in the plan's order.

    They count for what is covered of the roadmap; no week and no streak has them. A day's 24 hours are no limit here:
    the one day stands for all those before. Raises `OutOfProportion`.
    """
    if not 0 < minutes <= MOST:
        raise OutOfProportion
    day = _day_before(study, today)
    shares = [Share(item, minutes)] if item else study.position.in_order(minutes)
    lines = [NewLine(share_of, day, share, "study") for share_of, share in shares]
    return Logging(uow.ledger.add_all(study.enrollment, lines, now=now, together=True))


def counted_before(study: Study, minutes: int, *, today: date, item: str | None = None) -> Logging | None:
    """The last hours from before the learner's first week that are as many, on the same item if one is named; None if
    there are none."""
    day = _day_before(study, today)
    for logging in reversed(loggings(effective(study.entries))):
        alike = (logging.minutes, logging.lines[0].day, logging.lines[0].kind) == (minutes, day, "study")
        if alike and (item is None or {line.item for line in logging.lines} == {item}):
            return logging
    return None


def _day_before(study: Study, today: date) -> date:
    """The day that stands for all those before the learner's first week."""
    start = min(today, *(each.start for each in (study, *study.beside)))
    return min(study.calendar.first_of(start), monday_of(start)) - DAY
