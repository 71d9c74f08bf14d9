"""Postpone a reminder."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from bot.core.calendar import DAY, instant, local_date
from bot.core.learner import Learner
from bot.core.postponing import this_evening
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.withdraw_postponed import withdraw_postponed


@dataclass(frozen=True)
class Wish:
    """When a reminder shall come again: this evening where it is not too late for that, else tomorrow.

    `at` is the local time that was asked for, if any; `usual` the one at which reminders of the kind come tomorrow
    where the learner has set none.
    """

    evening: bool
    at: time | None
    usual: time


class Postponed(NamedTuple):
    """When the reminder comes, and whether it would have come then anyway."""

    due: datetime
    anyway: bool


def postpone_reminder(
    uow: UnitOfWork, learner: Learner, kind: str, wish: Wish, *, week: date | None, today: date, now: datetime
) -> Postponed:
    """Schedule a reminder of this kind once more, replacing one postponed before; a check-in is for its `week`.

    Nothing is added where the learner's own rule brings one on that day no later.
    """
    rule = next((rule for rule in uow.reminders.rules(learner.id) if rule.kind == kind), None)
    tomorrow = today + DAY
    evening = this_evening(today, learner.zone, now, wish.at) if wish.evening else None
    due = evening or instant(tomorrow, wish.at or (rule.at if rule else wish.usual), learner.zone)
    withdraw_postponed(uow, learner, kind)
    anyway = bool(rule and rule.due and rule.due <= due and local_date(rule.due, learner.zone) == tomorrow)
    if not anyway:
        args = {"due": f"{due:%m%d%H%M}"} | ({"week": week.isoformat()} if week else {})
        uow.deliveries.post(write_token(kind, args), due, learner=learner.id)
    return Postponed(due, anyway)
