"""Make a chat a place of a group, which takes the word of an organiser of the group and of a manager of the chat."""

from datetime import datetime
from typing import NamedTuple

from bot.core.code import Code
from bot.core.group import Asker, Group, Place
from bot.core.learner import Account
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import NotOrganiser, check_manages, organises


class AlreadyAPlace(Exception):
    """The chat is a place of the group already."""


class NobodyWaits(Exception):
    """No chat waits for the asker's yes: it was given, or came too late, or they do not organise the group."""


class WaitingPlace(NamedTuple):
    """A chat that somebody wants to be a place of a group, with the code they entered for it and their account."""

    code: Code
    group: Group
    place: Place
    by: Account


def add_place(
    uow: UnitOfWork, asker: Asker, place: Place, group: Group, now: datetime, code: Code | None = None
) -> None:
    """Make the asker's chat a place of the group; they must organise the group and manage the chat. Uses `code` up.

    Raises `NotOrganiser`, `NotManager`, `AlreadyAPlace`.
    """
    if not organises(uow, asker, group):
        raise NotOrganiser
    check_manages(asker)
    _check_is_new(uow, place, group)
    if code:
        uow.codes.use(code, now)
    _add(uow, place, group, now)


def ask_for_place(uow: UnitOfWork, asker: Asker, place: Place, group: Group, code: Code, now: datetime) -> None:
    """Ask the organiser who made a code whether the chat it was entered in becomes a place of their group; once.

    Raises `NotManager` unless the asker manages the chat, and `AlreadyAPlace`.
    """
    check_manages(asker)
    _check_is_new(uow, place, group)
    if code.entry is None:
        uow.codes.enter(code, asker.account, place, now)
        uow.deliveries.post(write_token("placeasked", {"entry": str(code.id)}), now, learner=code.learner)


def waiting_place(uow: UnitOfWork, asker: Asker, entry: int, now: datetime) -> WaitingPlace:
    """The chat that waits for the asker's yes, who made the code with this id and still organises the group.

    Raises `NobodyWaits`.
    """
    for code in uow.codes.entered(asker.learner.id, "place", now) if asker.learner else ():
        group = uow.groups.get(code.group) if code.group else None
        if code.id == entry and code.entry and code.entry.place and group and organises(uow, asker, group):
            return WaitingPlace(code, group, code.entry.place, code.entry.account)
    raise NobodyWaits


def accept_place(uow: UnitOfWork, waiting: WaitingPlace, now: datetime) -> None:
    """The organiser's yes to a chat that waits (`waiting_place`)."""
    uow.codes.use(waiting.code, now)
    _add(uow, waiting.place, waiting.group, now)


def _check_is_new(uow: UnitOfWork, place: Place, group: Group) -> None:
    before = uow.groups.at(place)
    if before and before.id == group.id:
        raise AlreadyAPlace


def _add(uow: UnitOfWork, place: Place, group: Group, now: datetime) -> None:
    """The chat is told. Members of the group that it belonged to before are not carried over; they are asked anew."""
    before = uow.groups.at(place)
    id_ = uow.groups.assign_place(place, group.id)
    others = before is not None and bool(uow.groups.members(before.id))
    uow.deliveries.post(write_token("placed", {"alone": "1" if others else "0"}), now, place=id_)
