"""Turns rules that are due into deliveries, one for each rule and local date."""

from datetime import datetime

from bot.core.reminder import newest
from bot.ports.unit_of_work import UnitOfWork

BATCH = 100
"""Rules in one transaction: few enough that a learner's request never waits long behind it."""


def plan(uow: UnitOfWork, now: datetime) -> bool:
    """Turn the oldest due rules into deliveries and give each rule its next instant. True where more may be due."""
    rules = uow.reminders.due(now, BATCH)
    for rule in rules:
        occasion, coming = newest(rule, now)
        uow.deliveries.plan(rule, occasion.day, occasion.due)
        uow.reminders.reschedule(rule, coming.due)
    return len(rules) == BATCH
