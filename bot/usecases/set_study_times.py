"""Set a learner's study times, and what they say this week."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.learner import Learner
from bot.core.reminder import after
from bot.core.study_time import LONGEST, MOST, SHORTEST, StudyTime, study_times_in
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.withdraw_postponed import withdraw_study_times


class TooManyTimes(ValueError):
    """More study times a week than `bot.core.study_time.MOST`."""


class WrongStudyLength(ValueError):
    """A study time is shorter than `bot.core.study_time.SHORTEST`, or longer than `LONGEST`."""


def set_study_times(uow: UnitOfWork, learner: Learner, times: Sequence[StudyTime], today: date, now: datetime) -> None:
    """Let the learner's study times be these and no others; each reminds from now on. No more are asked for.

    One that stays, at the same weekday and time, keeps what is known of it. Raises `TooManyTimes`, `WrongStudyLength`.
    """
    wanted = {time.slot: time for time in times}
    if len(wanted) > MOST:
        raise TooManyTimes
    if any(not SHORTEST <= time.minutes <= LONGEST for time in wanted.values()):
        raise WrongStudyLength
    gone = {rule.slot for rule in study_times_in(uow.reminders.rules(learner.id))} - wanted.keys()
    uow.reminders.drop_study_times(learner.id, gone)
    withdraw_study_times(uow, learner, gone)
    for time in wanted.values():
        uow.reminders.put_study_time(learner.id, time.slot, time.weekday, time.at, time.minutes, since=today)
    mute_study_times(uow, learner, muted=False, now=now)
    note_times_asked(uow, learner, now)


def mute_study_times(uow: UnitOfWork, learner: Learner, *, muted: bool, now: datetime) -> None:
    """Let none of the learner's study times remind, or all of them."""
    for rule in study_times_in(uow.reminders.rules(learner.id)):
        due = None if muted else after(rule.weekday, rule.at, learner.zone, now).due
        uow.reminders.set_due(rule, learner.zone, due)


def count_study_times_from(uow: UnitOfWork, learner: Learner, slots: Collection[int], since: date) -> None:
    """Let these study times be silent before the local date `since`, and count from then on how often they are missed.

    A date that lies ahead leaves them out until then, and withdraws what was put off; today's lets them come again.
    """
    uow.reminders.set_since(learner.id, slots, since)
    withdraw_study_times(uow, learner, slots)


def note_times_asked(uow: UnitOfWork, learner: Learner, now: datetime) -> Learner:
    """Record that the learner need not be asked for study times any more; returns them as they are now."""
    if learner.times_asked_at is not None:
        return learner
    uow.learners.note_times_asked(learner.id, now)
    return replace(learner, times_asked_at=now)
