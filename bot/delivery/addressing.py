"""Which command composes a claimed delivery, and to whom its message goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.group import Group, Place
from bot.core.learner import Account
from bot.core.reminder import ONE_OFF, SILENCE_AFTER, Delivery, late_limits, quiet
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reminder import Reminder, schedule_of
from bot.dialogue.request import Request, read_token
from bot.ports.unit_of_work import UnitOfWork

QUIET = "quiet"
"""The command that tells a silent learner, once, that the bot will be quiet."""


@dataclass(frozen=True)
class Addressed:
    """A claimed delivery that still makes sense: the request that composes its message, and who is to get it."""

    request: Request
    to: Account | Place


def addressed(uow: UnitOfWork, delivery: Delivery, now: datetime, kinds: Mapping[str, Reminder]) -> Addressed | None:
    """The request that composes a delivery, with its recipient.

    None where the learner has no account on its platform that can be written to. Raises `NothingToSend` where no
    message is to be sent.
    """
    id_ = f"delivery:{delivery.id}"
    if delivery.learner is None:
        place_and_group = uow.groups.get_place(delivery.place) if delivery.place else None
        if place_and_group is None:
            raise NothingToSend("the bot is no longer there")
        place, group = place_and_group
        command, args = _composed_by(uow, delivery, kinds, now)
        return Addressed(for_place(id_, command, args, place, group, delivery.occasion), place)
    learner = uow.learners.get(delivery.learner)
    if learner is None:
        raise NothingToSend("the learner is gone")
    command, args = _composed_by(uow, delivery, kinds, now)
    if delivery.kind != ONE_OFF and quiet(
        uow.deliveries.asked_since(learner.id, learner.seen_at, now - SILENCE_AFTER, learner.weeks)
    ):
        if uow.deliveries.announced_quiet_since(learner.id, learner.seen_at):
            raise NothingToSend("three check-ins went unanswered")
        command = QUIET
    for account in uow.learners.reachable_accounts(learner.id):
        if account.platform == delivery.platform:
            return Addressed(Request(id_, account, command, args, occasion=delivery.occasion), account)
    return None


def for_place(
    id_: str, command: str, args: Mapping[str, str], place: Place, group: Group, occasion: date | None
) -> Request:
    """A request that composes a message to a group's place, in the group's language and time zone; it has no
    account."""
    locale, zone = group.locale, group.zone.key
    return Request(id_, None, command, args, place=place, locale=locale, zone=zone, occasion=occasion)


def _composed_by(
    uow: UnitOfWork, delivery: Delivery, kinds: Mapping[str, Reminder], now: datetime
) -> tuple[str, Mapping[str, str]]:
    """The command that composes a delivery, with its arguments. Raises `NothingToSend` where a newer one is sent."""
    if delivery.kind == ONE_OFF:
        return read_token(delivery.request or "") or ("", {})
    if uow.deliveries.overtaken(delivery, now, late_limits(schedule_of(kinds))):
        raise NothingToSend("a newer message takes its place")
    in_groups = kinds[delivery.kind].in_groups if delivery.learner is None else None
    return in_groups or delivery.kind, {"slot": str(delivery.slot)} if delivery.slot else {}
