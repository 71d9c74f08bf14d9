"""Note days of illness."""

from datetime import date, datetime, timedelta

from bot.core.calendar import DAY
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork

BACK = timedelta(days=7)
"""How long ago an illness may have begun when it is noted."""


class IllnessRefused(ValueError):
    """These days are not noted as an illness. The subclasses say why."""


class IllnessToCome(IllnessRefused):
    """The last day has not come yet."""


class IllnessTooLongAgo(IllnessRefused):
    """The first day is more than a week ago."""


class IllnessBeforeTheStart(IllnessRefused):
    """The last day is before the learner started, when nothing was owed anyway."""


class IllnessKnown(IllnessRefused):
    """All of these days were noted before."""


def note_illness(uow: UnitOfWork, study: Study, first: date, last: date, *, today: date, now: datetime) -> int:
    """Note an illness from `first` to `last`, both included: nothing is owed then. Returns the id of the absence.

    Raises a subclass of `IllnessRefused` for days to come, days more than a week ago, days before the start, and days
    all of which were noted before.
    """
    if last > today:
        raise IllnessToCome
    if first < today - BACK:
        raise IllnessTooLongAgo
    if last < study.start:
        raise IllnessBeforeTheStart
    if all(study.commitments.absent(first + n * DAY) for n in range((last - first).days + 1)):
        raise IllnessKnown
    return uow.adjustments.add_absence(study.enrollment, first, last, now)
