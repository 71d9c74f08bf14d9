"""Follow a chat whose id has changed."""

from bot.core.group import Place
from bot.ports.unit_of_work import UnitOfWork


def move_chat(uow: UnitOfWork, place: Place, to: str) -> None:
    """The platform has given a chat another id (`to`): its places, topics included, move to it."""
    uow.groups.change_chat_id(place.platform, place.external_id, to)
