"""What a claimed delivery says, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.group import Place
from bot.core.learner import Account
from bot.core.reminder import ERRAND, SILENCE_AFTER, Delivery, quiet
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.request import Request, read_token
from bot.ports.unit_of_work import UnitOfWork

QUIET = "quiet"
"""The command that says, once, that the bot will be quiet."""
OF_GROUP: Mapping[str, str] = {"announcement": "groupweek", "checkin": "groupcheckin"}
"""The commands that say in a group's home what is due there."""


@dataclass(frozen=True)
class Addressed:
    """A claimed delivery that still makes sense: which request says it, and to whom it goes."""

    request: Request
    to: Account | Place


def addressed(uow: UnitOfWork, delivery: Delivery, now: datetime) -> Addressed | None:
    """What to say to whom; None where the learner cannot be written to on this platform."""
    id_ = f"delivery:{delivery.id}"
    if delivery.learner is None:
        visit = uow.groups.visit(delivery.place or 0)
        if visit is None:
            raise NothingToSend("the bot is no longer there")
        place, group = visit
        nobody = Account(place.platform, "", "")
        command, args = _said(uow, delivery, OF_GROUP, now)
        locale, zone = group.locale, group.zone.key
        said = Request(id_, nobody, command, args, place=place, locale=locale, zone=zone, occasion=delivery.occasion)
        return Addressed(said, place)
    learner = uow.learners.get(delivery.learner)
    if learner is None:
        raise NothingToSend("the learner is gone")
    command, args = _said(uow, delivery, {}, now)
    if delivery.kind != ERRAND and quiet(
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
    uow: UnitOfWork, delivery: Delivery, names: Mapping[str, str], now: datetime
) -> tuple[str, Mapping[str, str]]:
    """The command that says it, with its arguments. Raises `NothingToSend` where something newer is said instead."""
    if delivery.kind == ERRAND:
        return read_token(delivery.request or "") or ("", {})
    if uow.deliveries.overtaken(delivery, now):
        raise NothingToSend("a newer message takes its place")
    return names.get(delivery.kind, delivery.kind), {}
