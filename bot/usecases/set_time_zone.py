"""Move a learner's days, and the hours of their reminders, to another time zone."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.learner import Learner
from bot.core.reminder import after
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.postpone_reminder import move_postponed
from bot.usecases.start_by_today import start_by_today


def set_time_zone(uow: UnitOfWork, learner: Learner, study: Study, zone: ZoneInfo, now: datetime) -> Learner:
    """From now on the learner's days are those of `zone`, and their reminders come at the same hours there, also those
    that were put off.

    What was logged stays on its dates; muted reminders stay muted. Returns the learner as they are now.
    """
    uow.learners.set_zone(learner.id, zone)
    moved = replace(learner, zone=zone)
    for rule in uow.reminders.rules(learner.id):
        due = after(rule.weekdays, rule.at, zone, now).due if rule.due else None
        uow.reminders.set_due(rule, zone, due)
    move_postponed(uow, learner, zone, now)
    start_by_today(uow, learner, moved, study, now)
    return moved
