"""Places in which the bot was refused: since when, why, and when it may try again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.group import Place, Refused, Why


class Places(Protocol):
    """Places in which the bot was refused: since when, why, and when it may try again."""

    def mark_active(self, place: Place, now: datetime, *, writable: bool | None) -> None:
        """Somebody speaks to the bot in a place, so it is there and may try again; not where it surely cannot write."""

    def mark_refused(self, place: Place, why: Why, now: datetime) -> int | None:
        """Note that the platform refuses what is written there, and let all that waits for the place wait a day; the
        place's id, None where it is no group's."""

    def mark_accepted(self, place: Place, now: datetime) -> None:
        """Something was written there: nothing is refused any more, and what was held back goes on."""

    def release(self, platform: str, chats: Sequence[str], now: datetime) -> None:
        """Something changed in these places: what was held back there is tried again now."""

    def refusal(self, place: int) -> Refused | None:
        """What is refused in a place; None where nothing is."""

    def set_told_at(self, place: int, at: datetime | None) -> None:
        """Note that an organiser was told; None where that did not arrive."""
