"""Log the hours of a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.ids import LearnerId
from bot.core.ledger import Logging, Rejected, effective, loggings
from bot.core.study import Study
from bot.core.timesheet.draft import PREFIX
from bot.core.timesheet.intake import Intake, lines_of, sift
from bot.core.timesheet.reading import Sheet
from bot.ports.unit_of_work import UnitOfWork


class NothingToTake(Rejected):
    """Nothing of the file can be logged; `intake` says why."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self.intake = intake


@dataclass(frozen=True)
class TakenHours:
    """What was logged, as one entry with many lines, and what became of the other rows."""

    logging: Logging
    intake: Intake


def sifted(study: Study, sheet: Sheet, *, today: date, doubles: bool) -> Intake:
    """What would become of each row of a file."""
    counting = [
        logging for logging in loggings(effective(study.entries)) if any(line.minutes for line in logging.lines)
    ]
    return sift(sheet.rows, counting, study.by_day, today=today, doubles=doubles)


def take_hours(
    uow: UnitOfWork,
    learner: LearnerId,
    study: Study,
    sheet: Sheet,
    *,
    item_of: Callable[[str], str | None],
    doubles: bool,
    today: date,
    now: datetime,
) -> TakenHours:
    """Log the rows of a file as one entry, which is taken back and put back as a whole, and drop the draft.

    Hours before the learner's start are taken, too: they count for what is covered of the roadmap. Rows of days to
    come, and those with which a day would have more than 24 hours, are not; with `doubles` also those that look like
    being logged already. Raises `NothingToTake`.
    """
    intake = sifted(study, sheet, today=today, doubles=doubles)
    if not intake.taken:
        raise NothingToTake(intake)
    lines = lines_of(intake.taken, item_of, study.position.in_order)
    added = uow.ledger.add_all(study.enrollment, lines, now=now, together=True)
    uow.conversation.drop_requests(learner, PREFIX)
    return TakenHours(Logging(added), intake)
