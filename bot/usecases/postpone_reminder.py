"""Postpone a reminder."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from bot.core.calendar import DAY, instant, local_date
from bot.core.learner import Learner
from bot.core.postponing import SOON, this_evening
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.withdraw_postponed import withdraw_postponed


@dataclass(frozen=True)
class Wish:
    """When a reminder shall come again: `soon`, or this evening where it is not too late for that, else tomorrow.

    `at` is the local time that was asked for, if any; `usual` the one at which reminders of the kind come tomorrow
    where the learner has set none.
    """

    evening: bool
    at: time | None
    usual: time
    soon: bool = False


class Postponed(NamedTuple):
    """When the reminder comes, and whether it would have come then anyway."""

    due: datetime
    anyway: bool


@dataclass(frozen=True)
class About:
    """Which reminder is put off: a check-in is about a `week`, a study time has a `slot` and the date `on` which it
    was."""

    kind: str
    week: date | None = None
    slot: int = 0
    on: date | None = None

    @property
    def args(self) -> dict[str, str]:
        """What the request of the postponed message carries."""
        args = {"week": self.week.isoformat()} if self.week else {}
        args |= {"slot": str(self.slot)} if self.slot else {}
        return args | ({"on": self.on.isoformat()} if self.on else {})


def postpone_reminder(
    uow: UnitOfWork, learner: Learner, about: About, wish: Wish, *, today: date, now: datetime
) -> Postponed:
    """Schedule a reminder once more, replacing one postponed before.

    Nothing is added where the learner's own rule of this kind brings one on that day no later.
    """
    rules = [rule for rule in uow.reminders.rules(learner.id) if rule.kind == about.kind]
    rule = next((rule for rule in rules if rule.slot == about.slot), None)
    tomorrow = today + DAY
    due = now + SOON if wish.soon else None
    due = due or (this_evening(today, learner.zone, now, wish.at) if wish.evening else None)
    due = due or instant(tomorrow, wish.at or (rule.at if rule else wish.usual), learner.zone)
    withdraw_postponed(uow, learner, about.kind, about.slot)
    earlier = [rule.due for rule in rules if rule.due and rule.due <= due]
    anyway = min((own for own in earlier if local_date(own, learner.zone) == tomorrow), default=None)
    if anyway is None:
        uow.deliveries.post(write_token(about.kind, {"due": f"{due:%m%d%H%M}", **about.args}), due, learner=learner.id)
    return Postponed(anyway or due, anyway is not None)
