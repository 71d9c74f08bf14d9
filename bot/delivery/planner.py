"""Turns rules that are due into deliveries, one for each rule and local date, and lets study sessions go on."""

from datetime import datetime

from bot.core.reminder import newest
from bot.ports.deliveries import Planned
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.advance_sessions import advance_sessions

BATCH = 100
"""Rules in one transaction: few enough that a learner's request never waits long behind it."""


def plan(uow: UnitOfWork, now: datetime) -> bool:
    """Turn the oldest due rules into deliveries and give each rule its next instant; the same for study sessions. True
    where more may be due."""
    rules = uow.reminders.due(now, BATCH)
    occasions = [(rule, *newest(rule, now)) for rule in rules]
    uow.deliveries.plan([Planned(rule, occasion.day, occasion.due) for rule, occasion, _ in occasions])
    uow.reminders.reschedule([(rule, coming.due) for rule, _, coming in occasions])
    return advance_sessions(uow, now, BATCH) or len(rules) == BATCH
