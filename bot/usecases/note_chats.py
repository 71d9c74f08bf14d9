"""Note in which chats of a platform the bot is, and where what it may do has changed."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.group import Asker, Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import check_organises


def note_arrived(uow: UnitOfWork, platform: str, chats: Sequence[str], now: datetime) -> None:
    """The bot is in these chats, for the first time or again: their groups go on, and what was refused is tried."""
    for chat in chats:
        uow.groups.mark_returned(platform, chat)
    uow.places.release(platform, chats, now)


def note_removed(uow: UnitOfWork, platform: str, chats: Sequence[str], now: datetime) -> None:
    """The bot is no longer in these chats: nothing is written there until it comes back."""
    for chat in chats:
        uow.groups.mark_left(platform, chat, now)


def note_changed(uow: UnitOfWork, platform: str, chats: Sequence[str], now: datetime) -> None:
    """What the bot may do in these chats is perhaps not what it was: what was refused is tried again."""
    uow.places.release(platform, chats, now)


def try_places_again(uow: UnitOfWork, asker: Asker, group: Group, now: datetime) -> None:
    """Whatever a group's chats refused is tried again, as an organiser looks after it.

    Raises `NotOrganiser` or `NotManager`.
    """
    check_organises(uow, asker, group)
    for known in uow.groups.places(group.id):
        uow.places.release(known.place.platform, [known.place.external_id], now)
