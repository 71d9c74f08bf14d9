"""Drop the hours of a file that wait for a learner's decision."""

from bot.core.ids import LearnerId
from bot.core.timesheet.draft import PREFIX
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.draft_hours import waiting_hours


def drop_hours(uow: UnitOfWork, learner: LearnerId, number: int, key: str) -> None:
    """Delete them; nothing was logged. Raises `bot.usecases.draft_hours.HoursGone`."""
    waiting_hours(uow, learner, number, key)
    uow.conversation.drop_requests(learner, PREFIX)
