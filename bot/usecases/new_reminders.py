"""Reminders of a kind that is newer than the learner.

A rule is added for them when the program that knows the kind first looks: at their next contact with `/reminders`, or
when the schedule passes through all learners after a start. It begins at the kind's default time.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.ids import LearnerId
from bot.core.reminder import ReminderKind, after, all_muted, missing_rules
from bot.ports.unit_of_work import UnitOfWork


def add_usual_reminders(
    uow: UnitOfWork, learner: LearnerId, zone: ZoneInfo, kinds: Iterable[ReminderKind], now: datetime
) -> None:
    """Add a rule at its default time for each of `kinds` of which the learner has none.

    For a learner who has muted all their reminders the new rules are muted, too.
    """
    rules = uow.reminders.rules(learner)
    for kind in missing_rules(rules, kinds):
        due = None if all_muted(rules) else after(kind.weekday, kind.at, zone, now).due
        uow.reminders.add(learner, kind.name, kind.weekday, kind.at, zone, due)


def add_new_kinds(uow: UnitOfWork, learner: LearnerId, kinds: Iterable[ReminderKind], now: datetime) -> None:
    """Add the kinds that a learner with reminders has none of; a learner without any reminder gets none."""
    rules = uow.reminders.rules(learner)
    if rules:
        add_usual_reminders(uow, learner, rules[0].zone, kinds, now)
