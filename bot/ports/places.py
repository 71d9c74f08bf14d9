"""Places in which the platform refuses the bot's messages: since when, why, and when to try again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.group import Place, Refused, Why
from bot.core.ids import PlaceId


class Places(Protocol):
    """Places in which the platform refuses the bot's messages: since when, why, and when to try again."""

    def mark_active(self, place: Place, now: datetime, *, writable: bool | None) -> None:
        """Record that somebody wrote to the bot in a place, so that sending there is tried again; unless `writable`
        is False."""

    def mark_refused(self, place: Place, why: Why, now: datetime) -> PlaceId | None:
        """Record that the platform refuses messages in a place, and postpone by a day all that is to be sent there.

        Returns the place's id; None if it belongs to no group.
        """

    def mark_accepted(self, place: Place, now: datetime) -> None:
        """Record that a message was accepted in a place, and release what was postponed there."""

    def release(self, platform: str, chats: Sequence[str], now: datetime) -> None:
        """Release what was postponed in these chats, because something changed there."""

    def refusal(self, place: PlaceId) -> Refused | None:
        """The refusal in force in a place; None if there is none."""

    def set_told_at(self, place: PlaceId, at: datetime | None) -> None:
        """Record when an organiser was told of a refusal; None if the message did not arrive."""
