"""Messages that the bot sends by itself, from due to settled."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from bot.core.calendar import Weeks
from bot.core.ids import DeliveryId, LearnerId, PlaceId
from bot.core.reminder import Delivery, Rule


class Occasion(NamedTuple):
    """The kind of a rule, the local date of one of its deliveries, and of a study time its slot."""

    kind: str
    day: date
    slot: int


class Waiting(NamedTuple):
    """A one-off message that is still to come: the request that it says, and when."""

    request: str
    due: datetime


class Planned(NamedTuple):
    """A rule whose time has come, with the local date and the instant (aware UTC) of its delivery."""

    rule: Rule
    occasion: date
    due: datetime


class Settlement(NamedTuple):
    """The final state of a delivery that was held under a claim, from the instant `at` (aware UTC) on."""

    delivery: DeliveryId
    claim: str
    state: str
    at: datetime
    reason: str | None = None


class Deliveries(Protocol):
    """Messages that the bot sends by itself, from due to settled."""

    def plan(self, planned: Sequence[Planned]) -> None:
        """Create the deliveries of rules for local dates: one for a rule's learner, or one for each place of its group.
        One that exists already is left as it is."""

    def post(
        self, request: str, due: datetime, *, learner: LearnerId | None = None, place: PlaceId | None = None
    ) -> None:
        """Create a one-off message: `request`, a button's token, is answered at `due` to a learner or in a place.

        The same request to the same recipient on the same UTC date is sent once; one that was withdrawn can be
        posted again.
        """

    def last_one_off_due(self, learner: LearnerId, request: str) -> datetime | None:
        """When the newest one-off message to a learner whose request begins with `request` was due, withdrawn ones
        aside; None if there is none."""

    def withdraw(self, request: str, learner: LearnerId | None = None, *, place: PlaceId | None = None) -> None:
        """Withdraw the unclaimed one-off messages with this request, to this learner, in this place or (None) to
        anybody."""

    def occasions(self, learner: LearnerId, since: date) -> AbstractSet[Occasion]:
        """Kind and local date of each delivery of a learner's rules from the date `since` on, whatever its state."""

    def pending_one_offs(self, learner: LearnerId) -> Sequence[Waiting]:
        """A learner's one-off messages that are still to be sent, earliest first."""

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Claim at most `limit` due deliveries of a platform, for whoever holds the token `claim`, until `until`.

        Deliveries that somebody else has claimed are left out. After `until` others may claim them.
        """

    def redirect(self, delivery: DeliveryId, claim: str, platform: str, at: datetime) -> None:
        """Give up the claim on a delivery, to be sent on another platform at the instant `at`."""

    def settle(self, settlements: Sequence[Settlement]) -> int:
        """Set the final states of deliveries, and return of how many. Nothing is written for one whose claim is no
        longer valid."""

    def retry(self, delivery: DeliveryId, claim: str, at: datetime) -> None:
        """Give up the claim on a delivery, to be sent again at the instant `at`."""

    def overtaken(self, delivery: Delivery, now: datetime, limits: Mapping[str, timedelta]) -> bool:
        """Whether a newer message to the same recipient was sent or is due as well."""

    def asked_since(self, learner: LearnerId, seen: datetime, before: datetime, weeks: Weeks) -> int:
        """The number of weeks about which check-ins were sent after `seen` and up to `before`."""

    def announced_quiet_since(self, learner: LearnerId, seen: datetime) -> bool:
        """Whether the bot has announced after `seen` that it will stop sending reminders."""

    def last_sent(self, learner: LearnerId) -> Delivery | None:
        """The newest reminder that was sent to a learner; None if there is none."""

    def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """The earliest instant at which a pending delivery of these platforms may be sent; None if there is none."""

    def repair_after_clock_change(self, now: datetime, held: timedelta, put_off: timedelta) -> int:
        """Repair deliveries after the system clock was set back; return how many were changed.

        What was settled unsent at an instant after `now` is pending again, claims that last longer than `held` from
        now on end, and what was postponed by more than `put_off` becomes due at its original time.
        """
