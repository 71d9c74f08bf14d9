"""Keep the hours of a file until the learner has decided about them."""

from datetime import datetime

from bot.core.ids import LearnerId
from bot.core.timesheet.draft import PREFIX, HoursDraft, dumped, loaded
from bot.ports.unit_of_work import UnitOfWork


class HoursGone(Exception):
    """No such hours wait for the learner: they were taken or dropped, another file came, or a week has passed."""


def draft_hours(uow: UnitOfWork, learner: LearnerId, draft: HoursDraft, now: datetime) -> int:
    """Store hours that nobody has said yes to yet, in place of those of a file before; returns their number.

    Housekeeping deletes them after a week (`bot.core.retention`).
    """
    uow.conversation.drop_requests(learner, PREFIX)
    return uow.conversation.save_request(learner, dumped(draft), now)


def waiting_hours(uow: UnitOfWork, learner: LearnerId, number: int, key: str) -> HoursDraft:
    """The hours that wait for a learner. Raises `HoursGone`."""
    stored = uow.conversation.saved_request(number, learner)
    draft = loaded(stored) if stored else None
    if draft is None or draft.key != key:
        raise HoursGone
    return draft
