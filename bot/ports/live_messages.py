"""Messages that stand in places and are edited as things change."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.group import LiveMessage


class LiveMessages(Protocol):
    """Messages that stand in places and are edited as things change."""

    def record(self, place: int, kind: str, occasion: date, message: str) -> None:
        """A message of this kind was sent in a place; one that stood there before is left as it is."""

    def touch(self, group: int, kind: str, at: datetime) -> None:
        """What such a message says has changed in every place of a group: show it anew at `at`, or before; later where
        the platform asked for a pause or refuses to take it."""

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[LiveMessage]:
        """Take messages of a platform that are due to be shown anew and in nobody's hands, and hold them under `claim`;
        after `until` they are anybody's again."""

    def settle(
        self, live: LiveMessage, claim: str, message: str | None, digest: str | None, again: datetime | None
    ) -> bool:
        """What stands there now, and the end of the claim; False where it was not ours any more, and nothing is noted.

        `again`: not before then, whatever changes meanwhile. Without it, what was touched since the claim stays due.
        """

    def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """When the nearest message of these platforms is to be shown anew."""

    def repair_after_clock_change(self, now: datetime, held: timedelta, put_off: timedelta) -> None:
        """After the clock was wrong: what is held for longer than `held` from now on is free, and what was put off for
        longer than `put_off` is due now."""
