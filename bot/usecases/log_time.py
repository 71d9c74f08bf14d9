"""Log study time."""

from datetime import date, datetime

from bot.core import ledger
from bot.core.ledger import Entry, Logging
from bot.core.position import Share
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def log_time(
    uow: UnitOfWork,
    study: Study,
    *,
    minutes: int,
    day: date,
    today: date,
    now: datetime,
    item: str | None = None,
    note: str | None = None,
    timer: int | None = None,
) -> Logging:
    """Add minutes of study on a local date to the ledger, for one item or else split over the plan in its order.

    The note is stored with the first line, to which the others refer. `timer` is the learner's timer whose time this
    is; it is noted as logged. Raises `bot.core.ledger.Rejected` for a day to come, one before the start, or one that
    would have more than 24 hours.
    """
    ledger.check(study.minutes_on(day), minutes=minutes, day=day, start=study.start, today=today)
    shares = [Share(item, minutes)] if item else study.position.in_order(minutes)
    lines: list[Entry] = []
    for share_of, share in shares:
        line = uow.ledger.add(
            study.enrollment,
            item=share_of,
            day=day,
            minutes=share,
            kind="study",
            now=now,
            note=None if lines else note,
            part_of=lines[0].id if lines else None,
        )
        lines.append(line)
    if timer is not None:
        uow.timers.set_entry(timer, lines[0].id)
    return Logging(tuple(lines))
