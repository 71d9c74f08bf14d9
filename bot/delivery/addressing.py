"""What a claimed delivery says, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.group import Place
from bot.core.learner import Account
from bot.core.reminder import ONE_OFF, SILENCE_AFTER, Delivery, late_limits, quiet
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reminder import Reminder, schedule_of
from bot.dialogue.request import Request, read_token
from bot.ports.unit_of_work import UnitOfWork

QUIET = "quiet"
"""The command that says, once, that the bot will be quiet."""


@dataclass(frozen=True)
class Addressed:
    """A claimed delivery that still makes sense: which request says it, and to whom it goes."""

    request: Request
    to: Account | Place


def addressed(uow: UnitOfWork, delivery: Delivery, now: datetime, kinds: Mapping[str, Reminder]) -> Addressed | None:
    """What to say to whom; None where the learner cannot be written to on this platform."""
    id_ = f"delivery:{delivery.id}"
    if delivery.learner is None:
        visit = uow.groups.visit(delivery.place or 0)
        if visit is None:
            raise NothingToSend("the bot is no longer there")
        place, group = visit
        nobody = Account(place.platform, "", "")
        command, args = _said(uow, delivery, kinds, now)
        locale, zone = group.locale, group.zone.key
        said = Request(id_, nobody, command, args, place=place, locale=locale, zone=zone, occasion=delivery.occasion)
        return Addressed(said, place)
    learner = uow.learners.get(delivery.learner)
    if learner is None:
        raise NothingToSend("the learner is gone")
    command, args = _said(uow, delivery, kinds, now)
    if delivery.kind != ONE_OFF and quiet(
        uow.deliveries.asked_since(learner.id, learner.seen_at, now - SILENCE_AFTER, learner.weeks)
    ):
        if uow.deliveries.quiet_since(learner.id, learner.seen_at):
            raise NothingToSend("three check-ins went unanswered")
        command = QUIET
    for door in uow.learners.reachable_accounts(learner.id):
        if door.platform == delivery.platform:
            return Addressed(Request(id_, door, command, args, occasion=delivery.occasion), door)
    return None


def _said(
    uow: UnitOfWork, delivery: Delivery, kinds: Mapping[str, Reminder], now: datetime
) -> tuple[str, Mapping[str, str]]:
    """The command that says it, with its arguments. Raises `NothingToSend` where something newer is said instead."""
    if delivery.kind == ONE_OFF:
        return read_token(delivery.request or "") or ("", {})
    if uow.deliveries.overtaken(delivery, now, late_limits(schedule_of(kinds))):
        raise NothingToSend("a newer message takes its place")
    in_groups = kinds[delivery.kind].in_groups if delivery.learner is None else None
    return in_groups or delivery.kind, {}
