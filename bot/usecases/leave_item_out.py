"""Leave an item out of the plan."""

from datetime import date, datetime

from bot.core.ledger import Entry
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.mark_done import minutes_left


def leave_item_out(uow: UnitOfWork, study: Study, item: str, *, today: date, now: datetime) -> Entry:
    """Leave what is open of an item out of the plan, whether it was begun or not; returns the line that says so.

    `bot.usecases.bring_item_back` takes it back, however much later. Raises `bot.usecases.mark_done.LeftOut` or
    `CompleteAlready` where nothing of the item is open.
    """
    minutes_left(study, item)
    return uow.ledger.add(study.enrollment, item=item, day=today, minutes=0, kind="trim", now=now)
