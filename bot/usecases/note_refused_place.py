"""Note that a platform refuses messages in a place, and tell one organiser once."""

from datetime import datetime

from bot.core.group import Place, Why
from bot.core.ids import PlaceId
from bot.core.reminder import ONE_OFF, Delivery
from bot.core.token import read_token, write_token
from bot.ports.unit_of_work import UnitOfWork

NOTICE = "unwritable"
"""The command that tells an organiser in private that the bot cannot write in a place of their group."""


def note_refused_place(uow: UnitOfWork, place: Place, why: Why, now: datetime) -> None:
    """Note that a place refuses messages, and tell an organiser unless one was told since that began."""
    id_ = uow.places.mark_refused(place, why, now)
    if id_ is not None:
        _tell(uow, id_, now)


def pass_on_notice(uow: UnitOfWork, delivery: Delivery, now: datetime) -> None:
    """A notice that did not reach its organiser goes to another one."""
    command, args = read_token(delivery.request or "") or ("", {})
    if delivery.kind == ONE_OFF and command == NOTICE and args.get("place", "").isdecimal():
        place = PlaceId(int(args["place"]))
        uow.places.set_told_at(place, None)
        _tell(uow, place, now)


def _tell(uow: UnitOfWork, place: PlaceId, now: datetime) -> None:
    refusal = uow.places.refusal(place)
    if refusal is None or refusal.told_at is not None:
        return
    for member in uow.groups.members(refusal.group):
        if member.role == "organiser" and uow.learners.reachable_accounts(member.learner):
            args = {"place": str(place), "since": str(int(refusal.since.timestamp()))}
            uow.deliveries.post(write_token(NOTICE, args), now, learner=member.learner)
            uow.places.set_told_at(place, now)
            return
