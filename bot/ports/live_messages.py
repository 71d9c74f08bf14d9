"""Messages in groups' places that are edited as what they say changes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.group import LiveMessage
from bot.core.ids import GroupId, LearnerId, PlaceId


class LiveMessages(Protocol):
    """Messages in groups' places that are edited as what they say changes."""

    def record(self, place: PlaceId, kind: str, occasion: date, message: str, subject: int = 0) -> None:
        """Record a message that was sent in a place; `message` is the platform's id. An earlier one of this kind and
        subject is edited no more."""

    def touch(self, group: GroupId, kind: str, at: datetime, subject: int = 0) -> None:
        """Schedule the messages of this kind in all places of a group to be edited at the instant `at` at the
        latest; `subject` is the study session that they are about, if they are about one.

        Where the platform asked for a pause, or refuses edits, the edit comes later.
        """

    def touch_naming(self, learner: LearnerId, at: datetime) -> None:
        """Schedule the sent messages that name a learner because of what they finished, or because they have
        congratulated, to be edited at `at` at the latest."""

    def part_from(self, learner: LearnerId, at: datetime) -> None:
        """Schedule the same for a learner who is about to be deleted; those about what they finished are about nothing
        any more."""

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[LiveMessage]:
        """Claim at most `limit` messages of a platform that are due for an edit, for whoever holds the token
        `claim`, until `until`.

        Messages that somebody else has claimed are left out. After `until` others may claim them.
        """

    def settle(
        self,
        live: LiveMessage,
        claim: str,
        message: str | None,
        digest: str | None,
        again: datetime | None,
        event: str | None = None,
    ) -> bool:
        """Record the outcome of an edit and end the claim; False, and nothing is written, if the claim is no longer
        valid.

        `message` is the platform's id and `digest` that of the text. With `again` the next edit comes no earlier
        than that; without it, a change since the claim stays due.
        """

    def last_event(self, group: GroupId) -> str | None:
        """What is kept of the event beside the newest message of a study session in a group's places that has one, or
        could have one (`bot.core.group.NO_EVENT`)."""

    def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """The earliest instant at which a message of these platforms is due for an edit; None if there is none."""

    def repair_after_clock_change(self, now: datetime, held: timedelta, put_off: timedelta) -> None:
        """Repair due times after the system clock was set back.

        Claims that last longer than `held` from now on end, and edits that were postponed by more than `put_off` are
        due now.
        """
