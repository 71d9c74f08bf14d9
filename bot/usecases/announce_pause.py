"""Plan a pause ahead."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar import DAY
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


class PauseIsOver(ValueError):
    """The last day of the pause is over already."""


class PauseIsKnown(Exception):
    """Pauses that were announced before have all of these days."""


@dataclass(frozen=True)
class AnnouncedPause:
    """A pause with its id; `cut` where it was to begin before today, and begins today."""

    id: int
    first: date
    last: date
    cut: bool


def announce_pause(
    uow: UnitOfWork, study: Study, first: date, last: date, *, today: date, now: datetime
) -> AnnouncedPause:
    """Plan a pause from `first` to `last`, both included: nothing is owed then, whatever hours a week are chosen
    before.

    Days that are over stay as they were: a pause that was to begin before today begins today. Raises `PauseIsOver` for
    one that ended before today, `PauseIsKnown` for days all of which were announced before.
    """
    if last < today:
        raise PauseIsOver(last)
    begins = max(first, today)
    known = study.commitments.planned_pause
    if all(known(begins + n * DAY) for n in range((last - begins).days + 1)):
        raise PauseIsKnown
    id_ = uow.adjustments.add_absence(study.enrollment, begins, last, now, "pause")
    return AnnouncedPause(id_, begins, last, cut=first < today)
