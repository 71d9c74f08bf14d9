"""Choose the day on which a roadmap begins, before anything was studied of it."""

from datetime import date, datetime, time, timedelta

from bot.core.calendar import instant
from bot.core.commitment import Commitment
from bot.core.learner import Learner
from bot.core.study import Study
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork

FARTHEST = timedelta(days=366)
"""How far ahead a roadmap may begin."""
_MORNING = time(9)


class CannotStart(Exception):
    """The roadmap cannot begin on this day. The subclasses say why."""


class HasBegun(CannotStart):
    """Something was studied already."""


class OverAlready(CannotStart):
    """The day has passed."""


class TooFarAhead(CannotStart):
    """The day is more than `FARTHEST` ahead."""


def check_start(day: date, today: date) -> None:
    """Raise `CannotStart` unless a roadmap can begin on this day."""
    if day < today:
        raise OverAlready
    if day - today > FARTHEST:
        raise TooFarAhead


def start_on(uow: UnitOfWork, learner: Learner, study: Study, day: date, *, today: date, now: datetime) -> None:
    """Let the learner's roadmap begin on `day`: today, or one to come. Nothing is owed before.

    Raises `HasBegun` where something was studied already, `OverAlready` or `TooFarAhead`.
    """
    check_start(day, today)
    if study.logged:
        raise HasBegun
    uow.deliveries.withdraw(_first_day(study.start), learner.id)
    uow.enrollments.set_start(study.enrollment, day)
    uow.enrollments.commit(study.enrollment, Commitment(day, study.commitments.usual()), now)
    announce_first_day(uow, learner, day, today=today)


def announce_first_day(uow: UnitOfWork, learner: Learner, day: date, *, today: date) -> None:
    """Schedule the message of the first day, where it lies ahead and the weekly announcement does not come then."""
    rule = next((rule for rule in uow.reminders.rules(learner.id) if rule.kind == "announcement"), None)
    if day > today and not (rule and rule.due and day.weekday() in rule.weekdays):
        uow.deliveries.post(_first_day(day), instant(day, _MORNING, learner.zone), learner=learner.id)


def _first_day(day: date) -> str:
    return write_token("firstday", {"start": day.isoformat()})
