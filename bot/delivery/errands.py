"""What a claimed delivery says, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.group import Place
from bot.core.learner import Account
from bot.core.reminder import ERRAND, SILENCE_AFTER, Delivery, quiet
from bot.dialogue.refusal import Moot
from bot.dialogue.request import Request, read_token
from bot.ports.unit_of_work import Store

QUIET = "quiet"
"""The command that says, once, that the bot will be quiet."""
OF_GROUP: Mapping[str, str] = {"announcement": "groupweek", "checkin": "groupcheckin"}
"""The commands that say in a group's home what is due there."""


@dataclass(frozen=True)
class Errand:
    """A claimed delivery that still makes sense: which request says it, and to whom it goes."""

    request: Request
    to: Account | Place


def errand_of(store: Store, delivery: Delivery, now: datetime) -> Errand | None:
    """What to say to whom; None where the learner cannot be written to on this platform."""
    id_ = f"delivery:{delivery.id}"
    if delivery.learner is None:
        visit = store.groups.visit(delivery.place or 0)
        if visit is None:
            raise Moot("the bot is no longer there")
        place, group = visit
        nobody = Account(place.platform, "", "")
        command, args = _said(store, delivery, OF_GROUP, now)
        locale, zone = group.locale, group.zone.key
        said = Request(id_, nobody, command, args, place=place, locale=locale, zone=zone, occasion=delivery.occasion)
        return Errand(said, place)
    learner = store.learners.get(delivery.learner)
    if learner is None:
        raise Moot("the learner is gone")
    command, args = _said(store, delivery, {}, now)
    if delivery.kind != ERRAND and quiet(
        store.deliveries.asked_since(learner.id, learner.seen_at, now - SILENCE_AFTER, learner.weeks)
    ):
        if store.deliveries.quiet_since(learner.id, learner.seen_at):
            raise Moot("three check-ins went unanswered")
        command = QUIET
    for door in store.learners.open_doors(learner.id):
        if door.platform == delivery.platform:
            return Errand(Request(id_, door, command, args, occasion=delivery.occasion), door)
    return None


def _said(store: Store, delivery: Delivery, names: Mapping[str, str], now: datetime) -> tuple[str, Mapping[str, str]]:
    """The command that says it, with its arguments. Raises `Moot` where something newer is said instead."""
    if delivery.kind == ERRAND:
        return read_token(delivery.request or "") or ("", {})
    if store.deliveries.overtaken(delivery, now):
        raise Moot("a newer message takes its place")
    return names.get(delivery.kind, delivery.kind), {}
