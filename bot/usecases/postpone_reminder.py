"""Postpone a reminder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import DAY, instant, local_date
from bot.core.learner import Learner
from bot.core.postponing import SOON, this_evening
from bot.core.token import read_token, write_token
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
        args = about.args | ({"soon": "1"} if wish.soon else {})
        _post(uow, learner, about.kind, args, due)
    return Postponed(anyway or due, anyway is not None)


def move_postponed(uow: UnitOfWork, learner: Learner, zone: ZoneInfo, now: datetime) -> None:
    """Let what the learner has put off come at the same local time in `zone`, at once where that is over there.

    What was put off for half an hour comes at its instant.
    """
    for waiting in uow.deliveries.pending_one_offs(learner.id):
        command, args = read_token(waiting.request) or ("", {})
        if "due" in args and "soon" not in args:
            local = waiting.due.astimezone(learner.zone)
            uow.deliveries.withdraw(waiting.request, learner.id)
            _post(uow, learner, command, args, max(now, instant(local.date(), local.time(), zone)))


def _post(uow: UnitOfWork, learner: Learner, kind: str, args: Mapping[str, str], due: datetime) -> None:
    uow.deliveries.post(write_token(kind, {**args, "due": f"{due:%m%d%H%M}"}), due, learner=learner.id)
